import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syntheticLab as lab } from '../../report/test/synthetic/lab.ts';
import { syntheticSweep } from '../../report/test/synthetic/sweep.ts';
import { writeSweeps } from '../src/pages/sweep-pages.ts';

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-sweep-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

it('a page is written for exercises that differ in one number, and none for others', async () => {
  const finished = syntheticSweep().map(({ exercise, recipe, results }) => ({
    id: exercise,
    recipe,
    results,
  }));
  expect(writeSweeps(work, lab, finished.slice(0, 2))).toEqual([]);
  const [path] = writeSweeps(work, lab, finished);
  expect(path).toBe(join(work, 'sweep-1.html'));
  const html = await readFile(join(work, 'sweep-1.html'), 'utf8');
  expect(html).toContain('<h1>Units of layer 1</h1>');
  for (const { id } of finished) expect(html).toContain(id);
});
