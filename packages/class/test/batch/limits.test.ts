import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { DEFAULT_LIMITS, parseLimits, readingLimits } from '@labproof/submission';
import { ClassFolder, problemOf } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => {
  folder.remove();
});

describe('limits', () => {
  it('are the defaults but for those that are named', () => {
    const { submission, model, answers } = readingLimits({
      submission: { files: 5 },
      model: { parameters: 10 },
    });
    expect(submission).toEqual({ ...DEFAULT_LIMITS.submission, files: 5 });
    expect(model).toEqual({ ...DEFAULT_LIMITS.model, parameters: 10 });
    expect(answers).toEqual(DEFAULT_LIMITS.answers);
  });

  it('hold in a batch, and make its grades others', async () => {
    folder.placeSubmission('class/amy', '## Question 4\n\nThe accuracy is 0.90.\n');
    const [usual] = (await gradeBatch(folder.options())).grades;
    const tight = parseLimits({ model: { parameters: 100 } });
    const result = await gradeBatch(folder.options({ limits: tight, executor: processExecutor }));
    expect(result.reused).toBe(0);
    expect(usual?.models[0]?.refused).toBeNull();
    const [now] = result.grades;
    expect(now?.models[0]?.refused?.code).toBe('model-too-large');
  });

  it('are checked', async () => {
    const error = await problemOf(() => parseLimits({ model: { parameters: -1, color: 3 } }));
    expect(error.code).toBe('limits-invalid');
    expect(error.message).toContain('model.parameters');
  });
});
