import {
  PlaygroundConfigSchema,
  playgroundHash,
  runPlayground,
  successRate,
} from '@labproof/core/playground';
import type { CheckSpec, Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/grade/outcome.ts';
import type { Evidence } from '../../src/grade/evidence.ts';
import { text } from '../../../submission/test/support/models.ts';
import { outcomeOf } from '../support/one-check.ts';

const SPEC: CheckSpec = {
  kind: 'playground-claim',
  points: 2,
  playground: 'heaps',
  runs: 20,
  reliable: 0.5,
  rare: 0.2,
};

/** Two heaps, which are easy: what is tested is the check and not the patience of the reader. */
const withPlayground = (lab: Lab): Lab => ({
  ...lab,
  playgrounds: [
    {
      id: 'heaps',
      title: 'Two heaps',
      config: PlaygroundConfigSchema.parse({ dataset: 'gauss' }),
      epochs: 20,
      target: 0.02,
      published: null,
      sweep: null,
    },
  ],
});

const outcome = (
  answer: string | undefined,
  files: readonly (readonly [string, Uint8Array])[] = [],
): Promise<CheckOutcome> =>
  outcomeOf(SPEC, { lab: withPlayground, files, ...(answer === undefined ? {} : { answer }) });

const ran = ({ evidence }: CheckOutcome): Extract<Evidence, { kind: 'playground' }> => {
  const found = evidence.find((item) => item.kind === 'playground');
  if (found?.kind !== 'playground') throw new Error('no playground evidence');
  return found;
};

const WORDS =
  'Inputs x1 and x2, one hidden layer with 2 neurons, tanh, learning rate 0.1, batch size 10, 50 % training data, no noise,';

describe('the check of a playground claim', () => {
  it('confirms what most runs reach, with the runs themselves as evidence', async () => {
    const check = await outcome(`${WORDS} within 100 epochs.`);
    expect(check).toMatchObject({ outcome: 'passed', points: 2 });
    const evidence = ran(check);
    expect(evidence.config).toMatchObject({ dataset: 'gauss', networkShape: [2] });
    const runs = Array.from(
      { length: 20 },
      (_, index) => runPlayground(evidence.config, index + 1, { epochs: 100, target: 0.02 }).run,
    );
    const { successes, interval } = successRate(runs);
    expect(evidence).toMatchObject({ runs: 20, successes, interval });
    expect(check.message).toContain(`${successes} of 20`);
  });

  it('refutes what no run reaches', async () => {
    const check = await outcome('Features x1*x2; one hidden layer with 1 neuron; within 3 epochs.');
    expect(check).toMatchObject({ outcome: 'failed', points: 0 });
    expect(ran(check).successes).toBe(0);
    expect(check.message).toContain('Refuted: 0 of 20');
  });

  it('gives half for what happens now and then', async () => {
    const check = await outcome(`${WORDS} in epoch 1.`);
    const { successes, interval } = ran(check);
    expect(successes).toBeGreaterThan(0);
    expect(interval[0]).toBeLessThan(0.5);
    expect(check).toMatchObject({ outcome: 'partial', points: 1 });
  });

  it('reads an address, with the epoch from the words beside it', async () => {
    const config = PlaygroundConfigSchema.parse({ dataset: 'gauss', networkShape: [1] });
    const check = await outcome(
      `See <https://playground.tensorflow.org/#${playgroundHash(config)}&seed=0.4>, after 15 epochs.`,
    );
    expect(ran(check)).toMatchObject({ config, epochs: 15 });
  });

  it('reads a file with the settings, and says so among the files', async () => {
    const file = ['playground.json', text('{"features": ["x"], "networkShape": [1]}')] as const;
    const check = await outcome('The settings are in playground.json; 15 epochs.', [file]);
    expect(ran(check)).toMatchObject({
      epochs: 15,
      config: { features: ['x'], networkShape: [1] },
    });
    expect(check.evidence[0]).toMatchObject({ label: 'Read from playground.json' });
    expect((await outcome(undefined, [file])).outcome).not.toBe('missing');
  });

  it.each([
    ['It worked in the end.', /does not clearly say the input features/u],
    ['Features x1, x2, tanh.', /the neurons of the hidden layers/u],
    [`${WORDS} and then learning rate 0.03.`, /more than one thing of learningRate/u],
    ['Features x1; one hidden layer with 50 neurons.', /no such setting/u],
    ['https://playground.tensorflow.org/#dataset=circle&networkShape=2', /data set circle/u],
    [`${WORDS} after 9,000,000 epochs.`, /more than grading computes/u],
  ])('leaves "%s" to a person', async (answer, why) => {
    const check = await outcome(answer);
    expect(check).toMatchObject({ outcome: 'needs-review', points: null });
    expect(check.message).toMatch(why);
  });

  it('calls what is not there missing', async () => {
    const other = [['notes.md', text('## Question 1\n\nNothing yet.')]] as const;
    expect((await outcome(undefined, other)).outcome).toBe('missing');
  });
});
