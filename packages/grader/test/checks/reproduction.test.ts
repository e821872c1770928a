import type { CheckSpec, Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';
import { code, SGD } from '../support/training-code.ts';

function withTrials(lab: Lab, accuracies: readonly number[]): Lab {
  const exercises = lab.exercises.map((exercise) =>
    exercise.bands === null
      ? exercise
      : {
          ...exercise,
          bands: {
            ...exercise.bands,
            trials: accuracies.map((accuracy, seed) => ({ seed, digest: '', loss: 1, accuracy })),
          },
        },
  );
  return { ...lab, exercises };
}

describe('reproduction', () => {
  const spec: CheckSpec = { kind: 'reproduction', points: 1, trials: 4 };

  it('holds the exercise’s own recipe against the runs that measured it', async () => {
    const measured = [0.895, 0.9, 0.905, 0.898, 0.902];
    const outcome = await outcomeOf(spec, {
      files: SGD,
      lab: (lab) => withTrials(lab, measured),
    });
    expect(outcome.outcome).toBe('passed');
    expect(outcome.message).toContain('5 reference runs');
    const lower = await outcomeOf(spec, {
      files: SGD,
      lab: (lab) => withTrials(lab, [0.95, 0.951, 0.952, 0.95, 0.951]),
    });
    expect([lower.outcome, lower.points]).toEqual(['needs-review', null]);
    expect(lower.message).toContain('is less than this recipe gives');
  });

  it('trains another recipe again, with the seeds that the lab asks for', async () => {
    const asked: unknown[] = [];
    const outcome = await outcomeOf(spec, {
      answer: code({ epochs: 7 }),
      trainer: async (recipe, seeds) => {
        asked.push(recipe.epochs, [...seeds]);
        return [0.89, 0.9, 0.91, 0.9];
      },
    });
    expect(asked).toEqual([7, [1, 2, 3, 4]]);
    expect(outcome.outcome).toBe('passed');
    expect(outcome.evidence).toContainEqual({
      kind: 'text',
      label: 'Submitted recipe',
      text: 'epochs 7 instead of 5',
    });
  });

  it('decides nothing without a trainer, and breaks when the trainer does', async () => {
    const answer = code({ epochs: 7 });
    expect((await outcomeOf(spec, { answer })).outcome).toBe('needs-review');
    const broken = await outcomeOf(spec, {
      answer,
      trainer: () => Promise.reject(new Error('no engine')),
    });
    expect([broken.outcome, broken.points]).toEqual(['broken', null]);
  });
});
