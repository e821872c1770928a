import type { CheckSpec, Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { bands } from '../../../submission/test/support/lab.ts';
import { outcomeOf } from '../support/one-check.ts';

describe('not-too-good', () => {
  const spec: CheckSpec = { kind: 'not-too-good', points: 1 };
  const upper =
    (value: number) =>
    (lab: Lab): Lab => ({
      ...lab,
      exercises: lab.exercises.map((exercise) =>
        exercise.bands === null ? exercise : { ...exercise, bands: bands(exercise.id, 0.5, value) },
      ),
    });

  it.each([
    [0.95, 'passed', 'is what runs of this recipe reach'],
    [0.89, 'needs-review', 'Training may have differed'],
    [0.75, 'needs-review', 'less than half of what the best runs make'],
  ])('an upper bound of %d', async (bound, outcome, message) => {
    const result = await outcomeOf(spec, { lab: upper(bound) });
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(message);
  });
});
