import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { parseLimits, setLimits } from '../../../submission/src/limits.ts';
import { MODEL_LIMITS } from '../../../submission/src/models/model-limits.ts';
import { SUBMISSION_LIMITS } from '../../../submission/src/files/submission-files.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => {
  setLimits({});
  folder.remove();
});

describe('limits', () => {
  it('are set for a process, and come back', () => {
    const { files, depth } = SUBMISSION_LIMITS;
    setLimits({ submission: { files: 5 }, model: { parameters: 10 } });
    expect([SUBMISSION_LIMITS.files, SUBMISSION_LIMITS.depth, MODEL_LIMITS.parameters]).toEqual([
      5,
      depth,
      10,
    ]);
    setLimits({});
    expect(SUBMISSION_LIMITS.files).toBe(files);
  });

  it('hold in a batch, and make its grades others', async () => {
    folder.placeSubmission('class/amy', '## Question 4\n\nThe accuracy is 0.9.\n');
    const [usual] = (await gradeBatch(folder.options())).grades;
    const tight = parseLimits({ model: { parameters: 100 } });
    const result = await gradeBatch(folder.options({ limits: tight }));
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
