import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planModel } from '@labproof/core';
import { findExercise, Labs } from '../src/index.ts';
import { checkKinds } from '../../grader/src/checks/registry.ts';

describe('docs/authoring-a-lab.md', () => {
  let guide: string;
  let folder: string;

  beforeAll(async () => {
    guide = await readFile(new URL('../../../docs/authoring-a-lab.md', import.meta.url), 'utf8');
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'labproof-authoring-')), 'fashion');
    await mkdir(folder);
  });
  afterAll(() => rm(path.dirname(folder), { recursive: true, force: true }));

  function shown(file: string): string {
    const block = new RegExp(`<!-- ${file} -->\\n\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(guide)?.[1];
    if (block === undefined) throw new Error(`the guide does not show ${file}`);
    return block;
  }

  it('shows a lab that is whole, with the size that its handout states', async () => {
    await mkdir(path.join(folder, 'questions'));
    for (const file of ['lab.yaml', 'introduction.md', 'questions/q1.md', 'questions/q2.md'])
      await writeFile(path.join(folder, file), shown(file));
    const labs = new Labs(checkKinds);
    labs.open(folder);
    const lab = labs.find('fashion');
    const { recipe, bands } = findExercise(lab, 'fashion-mlp');
    expect(planModel(recipe.model).parameters).toBe(101_770);
    expect(lab.introduction).toContain('101,770');
    expect(bands).toBeNull();
    expect(labs.bandsFile('fashion', 'fashion-mlp')).toBe(
      path.join(folder, 'bands', 'fashion-mlp.json'),
    );
  });

  it('shows the lab that it showed when labs were JSON', () => {
    const labs = new Labs(checkKinds);
    labs.open(folder);
    const before = new Labs(checkKinds);
    before.open(new URL('labs-in-json/fashion', import.meta.url).pathname);
    expect(labs.find('fashion')).toEqual(before.find('fashion'));
  });

  it('shows the question that it says to change', async () => {
    const file = new URL('../labs/image-recognition/questions/q14.md', import.meta.url);
    expect(shown('image-recognition/questions/q14.md')).toBe(await readFile(file, 'utf8'));
  });

  it('names every kind of check', () => {
    const kinds = checkKinds.all.map(({ kind }) => kind);
    expect(kinds.filter((kind) => !guide.includes(`\`${kind}\``))).toEqual([]);
  });
});
