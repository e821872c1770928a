import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PrintedEpoch, PrintedHistory } from '../../src/histories/printed-history.ts';
import { readHistory } from '../../src/histories/read-history.ts';
import { outputBlock } from '../../src/blocks/blocks.ts';
import { HistoryTables } from '../../src/histories/history-tables.ts';
import { LoopHistories } from '../../src/histories/loop-histories.ts';
import { PrintedHistories } from '../../src/histories/printed-histories.ts';

const FOLDER = new URL('../../../../fixtures/pytorch-logs/', import.meta.url);
type Values = Record<'loss' | 'accuracy' | 'valLoss' | 'valAccuracy', number | null>;
interface Expected {
  readonly file: string;
  readonly planned: number | null;
  readonly heldOut: 'validation' | 'test' | null;
  readonly run: number;
  readonly runAtMost?: number;
  readonly stopped?: string;
  readonly several?: number;
  /** Unrounded, as the program measured them; `null` for what it does not print. */
  readonly epochs: readonly ({ readonly epoch: number } & Values)[];
}
const LOGS = Object.entries(
  JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as Record<string, Expected>,
);

/** What a document that holds this as its only output says of trainings. */
export function histories(output: string): PrintedHistory[] {
  const readers = [
    new PrintedHistories<null>(),
    new LoopHistories<null>(),
    new HistoryTables<null>(),
  ];
  const text = outputBlock(output)
    .lines.map((line) => line.text)
    .join('\n');
  const [keras, loops, tables] = readers as [
    PrintedHistories<null>,
    LoopHistories<null>,
    HistoryTables<null>,
  ];
  keras.feed(text, null);
  loops.feed(text, null);
  tables.feedText(text, null);
  return readers.flatMap((reader) => reader.finish().map(({ history }) => history));
}

/** A printed number is right where it is the measured one, rounded to the digits that were printed (at least two). */
function expectValues(epochs: readonly PrintedEpoch[], expected: Expected['epochs']): void {
  expect(epochs.map(({ epoch }) => epoch)).toEqual(expected.map(({ epoch }) => epoch));
  for (const [index, { epoch: _, ...values }] of expected.entries()) {
    for (const [curve, value] of Object.entries(values)) {
      const read = epochs[index]?.[curve as keyof Values] ?? null;
      if (value === null || read === null) expect([curve, read]).toEqual([curve, value]);
      else expect(Math.abs(read - value), curve).toBeLessThanOrEqual(0.0051);
    }
  }
}

describe('what real trainings in PyTorch printed', () => {
  it.each(LOGS.filter(([, { file }]) => file.endsWith('.txt')))('%s', (_, expected) => {
    const text = readFileSync(new URL(expected.file, FOLDER), 'utf8');
    const found = histories(text);
    expect(found).toHaveLength(expected.several ?? 1);
    const size = expected.epochs.length / found.length;
    for (const [index, history] of found.entries()) {
      expectValues(
        history.epochs,
        expected.epochs.slice(index * size, (index + 1) * size).map((epoch, at) => ({
          ...epoch,
          epoch: expected.several === undefined ? epoch.epoch : at + 1,
        })),
      );
    }
    const last = found.at(-1)!;
    expect(last.planned).toBe(expected.planned);
    expect(last.stopped).toBe(expected.stopped ?? null);
    expect(last.runAtMost ?? last.run).toBe(expected.several === undefined ? expected.run : size);
    expect(last.heldOut ?? 'validation').toBe(expected.heldOut ?? 'validation');
  });

  it('in a file of Lightning’s CSVLogger', () => {
    const [, expected] = LOGS.find(([name]) => name === 'lightning-csv')!;
    const bytes = new Uint8Array(readFileSync(new URL(expected.file, FOLDER)));
    const read = readHistory({ path: 'metrics.csv', bytes: bytes.length, read: () => bytes });
    expectValues(
      read.map((epoch) => ({ ...epoch, seconds: null })),
      expected.epochs,
    );
  });
});
