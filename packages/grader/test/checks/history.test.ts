import type { CheckSpec, Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { bands } from '../../../submission/test/support/lab.ts';
import { text } from '../../../submission/test/support/models.ts';
import { MODEL, outcomeOf } from '../support/one-check.ts';
import { log } from '../support/training-log.ts';

describe('history', () => {
  const spec: CheckSpec = { kind: 'history', points: 1 };

  it('wants the epochs that were asked for', async () => {
    expect((await outcomeOf(spec, { answer: log(5) })).outcome).toBe('passed');
    const short = await outcomeOf(spec, { answer: log(4) });
    expect(short.outcome).toBe('failed');
    expect(short.message).toBe('Asked are 5 epochs; 5 epochs were planned and 4 epochs ran.');
    expect((await outcomeOf(spec, { answer: 'I trained it.' })).outcome).toBe('missing');
  });

  it('notices when the words speak of other epochs than the log', async () => {
    const outcome = await outcomeOf(spec, { answer: `After 15 epochs it was good.\n\n${log(5)}` });
    expect(outcome.outcome).toBe('needs-review');
    expect(outcome.message).toContain('speaks of 15 epochs, and the log has 5');
    const fine = await outcomeOf(spec, { answer: `After 5 epochs it was good.\n\n${log(5)}` });
    expect(fine.outcome).toBe('passed');
  });

  it('reads a file, refuses a broken one, and holds its end against the bands', async () => {
    const rows = (last: string): Uint8Array =>
      text(`loss,accuracy,val_loss,val_accuracy\n${'0.5,0.8,0.5,0.8\n'.repeat(4)}${last}\n`);
    const file = (content: Uint8Array): [string, Uint8Array][] => [
      ...MODEL,
      ['histories/squares-linear.csv', content],
    ];
    const withEpochs = (lab: Lab): Lab => {
      const spread = (at: number) => ({ ...bands('x', at, at).test.accuracy, mean: at, sd: 0.004 });
      const exercises = lab.exercises.map((exercise) =>
        exercise.bands === null
          ? exercise
          : {
              ...exercise,
              bands: {
                ...exercise.bands,
                epochs: [
                  {
                    epoch: 5,
                    loss: spread(0.3),
                    accuracy: spread(0.9),
                    valLoss: spread(0.31),
                    valAccuracy: spread(0.89),
                  },
                ],
              },
            },
      );
      return { ...lab, exercises };
    };
    const last = (row: string): Promise<{ outcome: string; message: string }> =>
      outcomeOf(spec, { files: file(rows(row)), lab: withEpochs });
    expect((await last('0.3,0.905,0.3,0.89')).outcome).toBe('passed');
    const strange = await last('0.3,0.999,0.3,0.89');
    expect(strange.outcome).toBe('needs-review');
    expect(strange.message).toContain('last training accuracy of 0.999');
    expect((await last('0.3,0.905,0.3,x')).outcome).toBe('refused');
  });
});
