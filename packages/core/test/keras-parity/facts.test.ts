import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOracleKernels } from '../../src/index.ts';
import { cases, type Facts, fixtureBytes, readFacts, trainedBy, versions } from './fixture.ts';

const facts = new Map(versions.map((keras) => [keras, readFacts(keras)]));

describe('the fixtures', () => {
  it('are of four versions', () => {
    expect(versions).toEqual([
      'keras-2.15.0',
      'keras-2.15.0-legacy',
      'keras-2.2.4',
      'keras-3.15.1',
    ]);
  });

  it('stay small', () => {
    expect(fixtureBytes()).toBeLessThan(2.5e6);
  });

  it.each([...facts])('%s has every case, or says that it has not', (keras, { missing }) => {
    const asked = [...cases]
      .filter(([, { group }]) => !keras.endsWith('-legacy') || group.startsWith('optimizer/'))
      .map(([name]) => name);
    expect([...trainedBy(keras), ...missing].toSorted()).toEqual(asked);
  });
});

describe.each([...facts])('%s', (_, { dropoutTrainingValues }) => {
  it.each([0.25, 0.5])('scales what a dropout of %d keeps as Labproof does', (rate) => {
    const kernels = createOracleKernels();
    const length = 4096;
    const mask = kernels.allocate(length * 4);
    kernels.dropoutMask(mask, length, 1, 2, 3, rate);
    const values = new Set(kernels.f32(mask, length));
    expect([...values].toSorted((a, b) => a - b)).toEqual(
      dropoutTrainingValues[String(rate)]?.map(Math.fround),
    );
  });
});

describe('the order of the examples', () => {
  it.each([...facts])('is a permutation in every epoch of %s', (_, { epochOrders }) => {
    for (const order of epochOrders.seeded) {
      const examples = order.split(' ').map(Number);
      expect(examples.toSorted((a, b) => a - b)).toEqual([...Array(12).keys()]);
    }
  });

  it('is that of the first epoch again in every one of a seeded Keras 3, and of no other', () => {
    const different = [...facts].map(([keras, { epochOrders }]) => [
      keras,
      new Set(epochOrders.seeded).size,
      epochOrders.differentUnseeded,
    ]);
    expect(different).toEqual([
      ['keras-2.15.0', 3, 3],
      ['keras-2.15.0-legacy', 3, 3],
      ['keras-2.2.4', 3, 3],
      ['keras-3.15.1', 1, 3],
    ]);
  });
});

describe('docs/keras-semantics.md', () => {
  const doc = readFileSync(
    path.resolve(import.meta.dirname, '../../../../docs/keras-semantics.md'),
    'utf8',
  );

  it('prints the defaults that each version reports', () => {
    expect(doc).toContain(defaultsTable());
  });
});

/** The optimisers' defaults that are not the same in all versions, as a Markdown table with one row an option. */
function defaultsTable(): string {
  const columns = ['keras-2.2.4', 'keras-2.15.0-legacy', 'keras-2.15.0', 'keras-3.15.1'];
  const reports = columns.map((keras) => facts.get(keras)?.optimizerDefaults ?? {});
  const rows = union(reports)
    .flatMap((optimizer) =>
      union(reports.map((report) => report[optimizer] ?? {})).map((option) => {
        const values = reports.map((report) => value(report, optimizer, option));
        return { optimizer, option, values };
      }),
    )
    .filter(({ values }) => new Set(values).size > 1)
    .map(({ optimizer, option, values }) => [optimizer, `\`${option}\``, ...values]);
  const head = ['optimiser', 'option', '2.2.4', '2.15 legacy', '2.15', '3.15'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function value(report: Facts['optimizerDefaults'], optimizer: string, option: string): string {
  return String(report[optimizer]?.[option] ?? '–');
}

function union(records: readonly object[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].toSorted();
}
