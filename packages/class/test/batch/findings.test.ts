import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { FindingSchema } from '../../../grader/src/copies/finding.ts';
import { ClassFolder } from '../support/class-folder.ts';
import { editedModel } from '../../../submission/test/support/models.ts';
import { labWith } from '../../../grader/test/support/one-check.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

describe('findings of a class', () => {
  it('are written, come out the same from kept grades, and change no grade', async () => {
    folder.placeSubmission('class/amy', '## Question 4\n\nThe accuracy is 0.90.\n');
    const alone = await gradeBatch(folder.options({ out: folder.at('alone') }));
    folder.placeSubmission('class/bob', '## Question 4\n\nIt reaches 90 % accuracy.\n');
    const first = await gradeBatch(folder.options());
    const written = readFileSync(folder.at('out/findings.json'), 'utf8');
    expect(z.array(FindingSchema).parse(JSON.parse(written))).toEqual(first.findings);
    expect(first.findings.map(({ kind, students }) => [kind, students])).toEqual([
      ['identical-weights', ['amy', 'bob']],
    ]);
    expect([...first.grades][0]).toEqual([...alone.grades][0]);
    const second = await gradeBatch(folder.options());
    expect(second.reused).toBe(2);
    expect(readFileSync(folder.at('out/findings.json'), 'utf8')).toBe(written);
  });
});

describe('reproduction in a class', () => {
  it('has recipes trained outside of the grading processes, as often as asked', async () => {
    const files = editedModel('models/squares-linear', ({ modelTopology }) => {
      modelTopology['training_config'] = {
        optimizer_config: { class_name: 'Adam', config: { learning_rate: 0.001 } },
        loss: 'categorical_crossentropy',
      };
    });
    for (const student of ['amy', 'bob']) {
      for (const [path, bytes] of files) folder.place(`class/${student}/${path}`, bytes);
    }
    const asked: string[] = [];
    const result = await gradeBatch(
      folder.options({
        executor: processExecutor,
        lab: labWith({ kind: 'reproduction', points: 1, trials: 3 }),
        trainer: async ({ optimizer }, seeds) => {
          asked.push(`${optimizer.class_name} ${seeds.join(' ')}`);
          return [0.89, 0.9, 0.91];
        },
      }),
    );
    expect(asked).toEqual(['Adam 1 2 3', 'Adam 1 2 3']);
    const outcomes = [...result.grades].map(({ outcomes: all }) =>
      all.find(({ question }) => question === 'q4'),
    );
    expect(outcomes.map((outcome) => outcome?.outcome)).toEqual(['passed', 'passed']);

    const failing = await gradeBatch(
      folder.options({
        executor: processExecutor,
        lab: labWith({ kind: 'reproduction', points: 1, trials: 3 }),
        fresh: true,
        out: folder.at('failing'),
        trainer: () => Promise.reject(new Error('the engine is away')),
      }),
    );
    expect([...failing.grades].map(({ score, status }) => [score, status])).toEqual([
      [null, 'broken'],
      [null, 'broken'],
    ]);
  });
});
