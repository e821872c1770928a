import { readdirSync } from 'node:fs';
import type { CheckSpec, Lab } from '@labproof/lab';
import { PlaygroundConfigSchema } from '@labproof/core/playground';
import { describe, expect, it } from 'vitest';
import { asksFor, exercisesToHandIn } from '../../src/checks/asked.ts';
import { checkKinds, checkName, checkTitle } from '../../src/checks/registry.ts';
import { labWith, outcomeOf } from '../support/one-check.ts';
import { log } from '../support/training-log.ts';
import { code } from '../support/training-code.ts';

const SPECS: readonly CheckSpec[] = [
  { kind: 'architecture', points: 1 },
  { kind: 'metric-in-band', points: 1 },
  { kind: 'parameter-count', points: 1, most: 1000 },
  { kind: 'claim-against-weights', points: 1, metric: 'accuracy' },
  { kind: 'number', points: 1, unit: 'seconds' },
  { kind: 'plot', points: 1 },
  { kind: 'free-text', points: 1, rubric: [{ concept: 'any', points: 1, lookFor: '' }] },
  { kind: 'word-count', points: 1, least: 1 },
  { kind: 'recipe', points: 1 },
  { kind: 'history', points: 1 },
  { kind: 'code-topology', points: 1 },
  { kind: 'contradiction', points: 1, metric: 'accuracy', other: 'q6' },
  { kind: 'claim-against-output', points: 1, metric: 'accuracy' },
  { kind: 'misclassified-count', points: 1 },
  { kind: 'confusion-matrix', points: 1 },
  { kind: 'not-too-good', points: 1 },
  { kind: 'reproduction', points: 1, trials: 5 },
  { kind: 'playground-claim', points: 1, playground: 'heaps', runs: 20, reliable: 0.5, rare: 0.05 },
];

/** The test lab with the playground that one of the checks runs. */
const withPlayground = (lab: Lab): Lab => ({
  ...lab,
  playgrounds: [
    {
      id: 'heaps',
      title: 'Two heaps',
      config: PlaygroundConfigSchema.parse({ dataset: 'gauss' }),
      epochs: 1,
      target: 0.02,
      published: null,
      sweep: null,
    },
  ],
});

/** An answer in which every check finds what it looks for, where it looks into the answer at all. */
const ANSWER = [
  'The accuracy is 0.8913 and it misclassifies 30 images; it took 5 seconds.',
  '![history](q4.png)',
  log(5),
  code(),
].join('\n\n');

describe('the kinds of checks', () => {
  it('are the folders beside the registry', () => {
    const folders = readdirSync(new URL('../../src/checks', import.meta.url), {
      withFileTypes: true,
    })
      .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
      .map(({ name }) => name);
    expect(checkKinds.all.map(({ kind }) => kind).toSorted()).toEqual(folders.toSorted());
    expect(SPECS.map(({ kind }) => kind).toSorted()).toEqual(folders.toSorted());
  });

  it.each(SPECS)('$kind needs a model if and only if it says so', async (spec) => {
    const { outcome, message } = await outcomeOf(spec, {
      answer: ANSWER,
      others: '## Question 6\n\nThe accuracy is 0.8913.\n',
      files: [],
      lab: withPlayground,
    });
    // The answers are all that was handed in, so a person reads them.
    const asks = outcome === 'needs-review' && message.startsWith('No model for squares-linear');
    expect(asks).toBe(checkKinds.needs(spec, 'model'));
    const lab = labWith(spec, withPlayground);
    const others = lab.questions.filter(({ id }) => id !== 'q4');
    const question = lab.questions.filter(({ id }) => id === 'q4');
    expect(question.map((one) => asksFor('model', one))).toEqual([asks]);
    expect(others.length).toBeGreaterThan(0);
    expect(exercisesToHandIn({ ...lab, questions: question })).toEqual(
      asks ? ['squares-linear'] : [],
    );
  });

  it.each(SPECS)('$kind has a title and says how it decides', (spec) => {
    const kind = checkKinds.find(spec.kind);
    const title = kind?.title ?? 'none';
    expect(checkTitle(checkName(spec))).toContain(title);
    const words = kind?.gradedBy(spec, { passMark: 'at least 90 %' }) ?? '';
    expect(words).not.toMatch(/^[A-Z]|\.$|undefined/u);
    expect(words.length).toBeGreaterThan(10);
  });

  it('calls a kind that there is not by the name in the grade', () => {
    expect(checkTitle('claim-against-weights:loss')).toBe('The number in the answer (loss)');
    expect(checkTitle('constructor')).toBe('constructor');
    expect(checkTitle('of-another-version:loss')).toBe('of-another-version (loss)');
  });
});
