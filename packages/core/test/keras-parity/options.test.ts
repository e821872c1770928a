import { describe, expect, it } from 'vitest';
import { createOracleKernels } from '../../src/index.ts';
import { deviation } from './deviation.ts';
import { type Case, cases, readResult } from './fixture.ts';
import { replay } from './replay.ts';

const kernels = createOracleKernels();

/** A case without some options of its optimiser, its loss or its layers. */
function without(subject: Case, ...options: readonly string[]): Case {
  const kept = <Value extends object>(record: Value): Value =>
    Object.fromEntries(
      Object.entries(record).filter(([name]) => !options.includes(name)),
    ) as unknown as Value;
  const layers = subject.model.layers.map((layer) => ({ ...layer, config: kept(layer.config) }));
  const model = { ...subject.model, layers };
  return { ...kept(subject), model, optimizer: kept(subject.optimizer) };
}

/** Cases that an option makes, and the option. */
const OPTIONS: readonly (readonly [pattern: RegExp, option: string])[] = [
  [/amsgrad/u, 'amsgrad'],
  [/clipvalue/u, 'clipvalue'],
  [/-clipnorm/u, 'clipnorm'],
  [/global-clipnorm/u, 'global_clipnorm'],
  [/smoothed/u, 'labelSmoothing'],
  [/^global-max-pooling-ties$/u, 'ties'],
];

const rows = OPTIONS.flatMap(([pattern, option]) =>
  [...cases].filter(([name]) => pattern.test(name)).map(([name]) => ({ name, option })),
).filter(({ name, option }) => option !== 'clipnorm' || !name.includes('global'));

describe('Keras', () => {
  it.each(OPTIONS)('was asked for what matches %s', (pattern) => {
    expect([...cases.keys()].filter((name) => pattern.test(name))).not.toEqual([]);
  });

  it.each(rows)('does something else in $name than without $option', ({ name, option }) => {
    const subject = cases.get(name);
    if (subject === undefined) throw new Error(`no case ${name}`);
    const keras = readResult('keras-3.15.1', name);
    expect(deviation(replay(kernels, name, subject), keras).ratio).toBeLessThanOrEqual(1);
    expect(deviation(replay(kernels, name, without(subject, option)), keras).ratio).toBeGreaterThan(
      10,
    );
  });

  it.each([1, 2, 4, 8])(
    'and Labproof agree after %i steps wherever an option was asked for',
    (step) => {
      for (const { name } of rows) {
        const subject = cases.get(name)!;
        expect(subject.steps, name).toBeGreaterThanOrEqual(8);
        const [ours, theirs] = [replay(kernels, name, subject), readResult('keras-3.15.1', name)];
        const upTo = (result: typeof ours): typeof ours => ({
          ...result,
          after: result.before,
          steps: result.steps.slice(0, step),
        });
        const { ratio, where } = deviation(upTo(ours), upTo(theirs));
        expect(ratio, `${name}: ${where}`).toBeLessThanOrEqual(1);
      }
    },
  );
});
