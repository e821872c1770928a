import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Labs } from '@labproof/exercises';
import { rubricOf } from '@labproof/lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './harness.ts';

const labs = new Labs();

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-handout-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe('handout', () => {
  it('writes a page with images of the data, and a PDF of it', async () => {
    const args = ['handout', 'image-recognition', '--out', work, '--pdf', '--date', 'Spring 2027'];
    const { exitCode, out, err } = await runInProcess(args, work);
    expect(exitCode, err).toBe(0);
    expect(out).toBe(`${join(work, 'handout.html')}\n${join(work, 'handout.pdf')}\n`);
    const html = await readFile(join(work, 'handout.html'), 'utf8');
    expect(html).toContain('Spring 2027');
    expect(html).toContain('href="data:image/png;base64,');
    expect((await readFile(join(work, 'handout.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it.each(labs.list().map((lab) => [lab.id, lab] as const))(
    'of %s holds no word of its rubrics',
    async (id, lab) => {
      const out = join(work, id);
      expect((await runInProcess(['handout', id, '--out', out, '--json'], work)).exitCode).toBe(0);
      const html = await readFile(join(out, 'handout.html'), 'utf8');
      const rubrics = lab.questions
        .flatMap(({ checks }) => checks.flatMap(rubricOf))
        .map(({ lookFor }) => lookFor);
      expect(rubrics.length).toBeGreaterThan(0);
      for (const lookFor of rubrics) {
        // The first words are enough: no prompt begins like a rubric.
        expect(html).not.toContain(lookFor.slice(0, 40).replaceAll("'", '&#39;'));
      }
    },
  );
});
