import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { houseDiagram } from '../scripts/house/diagram.ts';
import { folderCircles, houseFaults } from '../scripts/house/faults.ts';
import { PAGE, withDiagram } from '../scripts/house/page.ts';
import { type HousePackage, readHouse } from '../scripts/house/read-house.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as unknown;
const shared = new Set(
  Object.keys(
    z.object({ devDependencies: z.record(z.string(), z.string()) }).parse(manifest).devDependencies,
  ),
);

describe('the house', () => {
  const house = readHouse();

  it('is shown in CONTRIBUTING.md as it is; "npm run house" draws it anew', () => {
    const page = readFileSync(PAGE, 'utf8');
    expect(page).toBe(withDiagram(page, houseDiagram(house)));
  });

  it('imports downwards only, and only what its manifests name', () => {
    expect(houseFaults(house, shared)).toEqual([]);
  });

  it('has rooms with one direction in every package', () => {
    const arranged = house.filter(({ folder }) => folder !== 'grader');
    expect(arranged.flatMap(folderCircles)).toEqual([]);
    const files = [
      { path: 'a/one.ts', part: 'src', imports: ['../b/two.ts'] },
      { path: 'b/two.ts', part: 'src', imports: ['../c/three.ts'] },
      { path: 'c/three.ts', part: 'src', imports: ['../a/one.ts', '../d/four.ts'] },
    ] as const;
    const circular = { ...arranged[0], folder: 'attic', files } as HousePackage;
    expect(folderCircles(circular)).toEqual([
      'packages/attic/src: a imports b, which leads back to it',
      'packages/attic/src: b imports c, which leads back to it',
      'packages/attic/src: c imports a, which leads back to it',
    ]);
  });

  it('draws an arrow only where no others lead the same way', () => {
    const member = (folder: string, imports: Record<string, string[]>): HousePackage => ({
      folder,
      name: `@labproof/${folder}`,
      dependencies: new Set(),
      devDependencies: new Set(),
      files: Object.entries(imports).map(([path, named]) => ({
        path,
        part: 'src',
        imports: named,
      })),
    });
    const diagram = houseDiagram([
      member('cli', { 'main.ts': ['@labproof/lab', '@labproof/core'] }),
      member('core', {
        'index.ts': ['./trials/trial.ts'],
        'trials/trial.ts': ['../layers/dense.ts', '../engines/wasm.ts', './seed.ts'],
        'layers/dense.ts': ['../engines/wasm.ts', 'zod'],
        'engines/wasm.ts': ['node:fs'],
      }),
      member('lab', { 'index.ts': ['@labproof/core/browser'] }),
    ]);
    expect(diagram.split('\n').map((line) => line.trim())).toEqual([
      'flowchart TB',
      'subgraph package-core[core]',
      'direction TB',
      'folder-core-engines[engines]',
      'folder-core-layers[layers]',
      'folder-core-trials[trials]',
      'folder-core-layers --> folder-core-engines',
      'folder-core-trials --> folder-core-layers',
      'end',
      'package-lab[lab]',
      'package-cli[cli]',
      'package-cli --> package-lab',
      'package-lab --> package-core',
    ]);
  });

  it('is held by that: an import upwards, an undeclared one and a package without a row are told', () => {
    const importing = (folder: string, imports: string[], part: 'src' | 'test' = 'src') =>
      house.map((member): HousePackage =>
        member.folder === folder
          ? { ...member, files: [{ path: 'folder/file.ts', part, imports }] }
          : { ...member, files: [] },
      );
    expect(
      houseFaults(importing('lab', ['@labproof/core', 'zod', 'node:fs', './a.ts']), shared),
    ).toEqual([]);
    expect(houseFaults(importing('core', ['@labproof/lab']), shared)).toEqual([
      'packages/core/src/folder/file.ts imports @labproof/lab: package.json does not name @labproof/lab',
      'packages/core/src/folder/file.ts imports @labproof/lab: lab is not above core',
    ]);
    expect(houseFaults(importing('report', ['@labproof/queue/deep']), shared).at(-1)).toContain(
      'queue is not above report',
    );
    expect(houseFaults(importing('core', ['left-pad']), shared)).toHaveLength(1);
    expect(houseFaults(importing('core', ['vitest']), shared)).toHaveLength(1);
    expect(houseFaults(importing('core', ['vitest', 'fast-check'], 'test'), shared)).toEqual([]);
    expect(houseFaults(importing('core', ['../../../lab/src/lab.ts']), shared)).toHaveLength(1);
    expect(houseFaults(house.slice(1), shared)).toContain(
      `ORDER names ${house[0]?.folder}, and there is no packages/${house[0]?.folder}`,
    );
    const attic = {
      ...importing('core', [])[0],
      folder: 'attic',
      name: '@labproof/attic',
    } as HousePackage;
    expect(houseFaults([...house, attic], shared)).toContain('packages/attic has no row in ORDER');
  });
});
