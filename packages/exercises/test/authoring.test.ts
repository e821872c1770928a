import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planModel } from '@labproof/core';
import { CheckSpecSchema } from '@labproof/lab';
import { bandsFiles, findExercise, findLab, openLabFolder } from '../src/index.ts';

describe('docs/authoring-a-lab.md', () => {
  let guide: string;
  let folder: string;

  beforeAll(async () => {
    guide = await readFile(new URL('../../../docs/authoring-a-lab.md', import.meta.url), 'utf8');
    folder = await mkdtemp(path.join(tmpdir(), 'labproof-authoring-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function shown(file: string): string {
    const block = new RegExp(`<!-- ${file} -->\\n\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(guide)?.[1];
    if (block === undefined) throw new Error(`the guide does not show ${file}`);
    return block;
  }

  it('shows a lab that is whole, with the size that its handout states', async () => {
    for (const file of ['lab.json', 'introduction.md'])
      await writeFile(path.join(folder, file), shown(file));
    await openLabFolder(folder);
    const lab = findLab('fashion');
    const { recipe, bands } = findExercise(lab, 'fashion-mlp');
    expect(planModel(recipe.model).parameters).toBe(101_770);
    expect(lab.introduction).toContain('101,770');
    expect(bands).toBeNull();
    expect(bandsFiles('fashion', 'fashion-mlp')).toEqual([
      path.join(folder, 'bands', 'fashion-mlp.json'),
    ]);
  });

  it('names every kind of check', () => {
    const kinds = CheckSpecSchema.options.map(({ shape }) => shape.kind.value);
    expect(kinds.filter((kind) => !guide.includes(`\`${kind}\``))).toEqual([]);
  });
});
