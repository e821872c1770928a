import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { createOracleKernels, LabproofError } from '../../src/index.ts';
import { enginesUnderTest } from '../engines/engines-under-test.ts';
import { deviation } from './deviation.ts';
import { type Case, cases, readResult, type Result, trainedBy, versions } from './fixture.ts';
import { notCompiled, notCovered } from './not-covered.ts';
import { replay, trainerFor } from './replay.ts';
import { differenceOf, differences } from './versions.ts';

const kernels = createOracleKernels();

/** Whether recipes have words for the case and training knows them all; anything else that goes wrong is a failure. */
function isTrainable(name: string, subject: Case): boolean {
  try {
    trainerFor(kernels, name, subject);
    return true;
  } catch (error) {
    if (error instanceof ZodError) return false;
    if (error instanceof LabproofError && /^(?:model|recipe)-/u.test(error.code)) return false;
    throw error;
  }
}

const trainable = new Map([...cases].filter(([name, subject]) => isTrainable(name, subject)));
const results = new Map<string, Result>();

function oracleResult(name: string): Result {
  const subject = trainable.get(name);
  if (subject === undefined) throw new Error(`${name} cannot be trained`);
  const result = results.get(name) ?? replay(kernels, name, subject);
  results.set(name, result);
  return result;
}

describe.each(versions)('%s', (keras) => {
  it.each(trainedBy(keras).filter((name) => trainable.has(name)))('%s', (name) => {
    const { ratio, where } = deviation(oracleResult(name), readResult(keras, name));
    const difference = differenceOf(name, keras);
    if (difference === undefined) expect(ratio, where).toBeLessThanOrEqual(1);
    else expect(ratio, `${keras} should differ: ${difference.because}`).toBeGreaterThan(10);
  });
});

/** The kernels that a case is computed with. */
function kernelsOf(name: string, subject: Case): Set<string> {
  const used = new Set<string>();
  const recorder = new Proxy(createOracleKernels(), {
    get(target, property) {
      if (typeof property === 'string') used.add(property);
      return Reflect.get(target, property);
    },
  });
  replay(recorder, name, subject);
  return used;
}

const compilable = [...trainable].filter(([name, subject]) => {
  const used = kernelsOf(name, subject);
  return !notCompiled.some((kernel) => used.has(kernel));
});

describe.each(await enginesUnderTest())('$name', ({ kernels: engine }) => {
  const compiled = new Set(Object.keys(engine));

  it('has every kernel but those that are listed', () => {
    const lacking = Object.keys(kernels).filter((kernel) => !compiled.has(kernel));
    expect(lacking.toSorted()).toEqual(notCompiled);
  });

  it('gives the bits of the oracle in every case for which it has the kernels', () => {
    for (const [name, subject] of compilable) {
      // Norms are read between backward pass and update, and a GPU's queue of steps does not stop there.
      if (engine.engine === 'cuda' && /-clipnorm/u.test(name)) {
        expect(() => replay(engine, name, subject)).toThrow(/clip gradients by their norm/u);
        continue;
      }
      expect(replay(engine, name, subject), name).toEqual(oracleResult(name));
    }
  });
});

describe('the fixtures', () => {
  it('are all covered but for the groups that are listed', () => {
    const missing = [...cases].filter(([name]) => !trainable.has(name));
    const groups = new Set(missing.map(([, { group }]) => group));
    expect([...groups].toSorted()).toEqual(notCovered);
  });

  it('show every difference that is claimed between versions', () => {
    for (const difference of differences) {
      for (const keras of difference.versions) {
        const names = trainedBy(keras).filter((name) => differenceOf(name, keras) === difference);
        expect(names, difference.because).not.toEqual([]);
      }
    }
  });

  it('hold a Keras that means what Labproof means for every case', () => {
    for (const name of cases.keys()) {
      const same = versions.filter(
        (keras) => trainedBy(keras).includes(name) && differenceOf(name, keras) === undefined,
      );
      expect(same, name).not.toEqual([]);
    }
  });
});
