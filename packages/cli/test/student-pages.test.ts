import type { Grade } from '@labproof/grader';
import { describe, expect, it } from 'vitest';
import { syntheticClass } from '../../report/test/synthetic/grades.ts';
import { syntheticLab as lab } from '../../report/test/synthetic/lab.ts';
import { StudentPages } from '../src/pages/student-pages.ts';

const jobs = syntheticClass().map((grade) => ({ grade, misclassifiedImages: {} }));

async function renderAll(cores: number): Promise<{ html: string[]; width: number }> {
  const pages = new StudentPages({ lab, classes: {}, date: '1 May' }, { count: 100, cores });
  try {
    return {
      html: await Promise.all(jobs.map((job) => pages.render(job))),
      width: pages.width,
    };
  } finally {
    await pages.close();
  }
}

describe('the pages of a class', () => {
  it('are the same, byte for byte, from worker threads and from this one', async () => {
    const here = await renderAll(1);
    const there = await renderAll(2);
    expect([here.width, there.width]).toEqual([1, 2]);
    expect(there.html).toEqual(here.html);
    expect(here.html[0]).toContain('1 May');
  });

  it('fail with the reason, and the worker goes on', async () => {
    const pages = new StudentPages({ lab, classes: {} }, { count: 100, cores: 2 });
    try {
      const bad = { grade: {} as Grade, misclassifiedImages: {} };
      await expect(pages.render(bad)).rejects.toThrow(/undefined/);
      const [good] = jobs;
      if (good === undefined) throw new RangeError('no synthetic student');
      expect(await pages.render(good)).toContain('<!doctype html>');
    } finally {
      await pages.close();
    }
  });
});
