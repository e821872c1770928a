import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../src');

/** Folders of the sources; a file imports from its own and from those before it. */
const ORDER = [
  'errors',
  'workers',
  'elementary',
  'streams',
  'engines',
  'statistics',
  'recipe',
  'datasets',
  'layers',
  'model',
  'programs',
  'training',
  'trials',
  'bands',
  'manifests',
  'verification',
  'playground',
];

/** What others import, which imports everything. */
const ENTRIES = new Set(['index.ts', 'browser.ts']);

const roomOf = (file: string): string => relative(SOURCE, file).split('/')[0] ?? '';

function importsOf(file: string): string[] {
  const matches = readFileSync(file, 'utf8').matchAll(/from '(?<path>\.[^']*)'/gu);
  return [...matches].map(({ groups }) => normalize(join(dirname(file), groups?.['path'] ?? '')));
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !ENTRIES.has(file))
  .map((file) => join(SOURCE, file));

describe('the folders of the sources', () => {
  it('are all in the order that is stated here', () => {
    const folders = new Set(files.map(roomOf).filter((room) => !room.endsWith('.ts')));
    expect([...folders].toSorted()).toEqual(ORDER.toSorted());
  });

  it('import only what comes before them', () => {
    const against = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => {
          const [from, to] = [roomOf(file), roomOf(target)];
          return from !== to && ORDER.includes(to) && ORDER.indexOf(to) >= ORDER.indexOf(from);
        })
        .map((target) => `${relative(SOURCE, file)} imports ${relative(SOURCE, target)}`),
    );
    expect(against).toEqual([]);
  });

  it('hold one training program beside the other, neither of which imports the other', () => {
    const between = files.flatMap((file) =>
      importsOf(file)
        .map((target) => [relative(SOURCE, file), relative(SOURCE, target)] as const)
        .filter(
          ([from, to]) =>
            (from.startsWith('programs/tfjs/') && to.startsWith('programs/kernels/')) ||
            (from.startsWith('programs/kernels/') && to.startsWith('programs/tfjs/')),
        ),
    );
    expect(between).toEqual([]);
  });
});
