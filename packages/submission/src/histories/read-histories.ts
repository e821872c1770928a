import type { Epoch } from '@labproof/core';
import { type Refusal, readOrRefuse } from '../refusal.ts';
import type { HistoryFile } from '../files/history-files.ts';
import { readHistory } from './read-history.ts';

/** A history file with its epochs, or the reason why it cannot be read. */
export interface HistoryReading {
  readonly path: string;
  readonly epochs: readonly Epoch[] | null;
  readonly refused: Refusal | null;
}

/** Reads the history files of a submission, by exercise. */
export function readHistories(files: readonly HistoryFile[]): ReadonlyMap<string, HistoryReading> {
  return new Map(
    files.map(({ exercise, file }) => {
      const { value, refused } = readOrRefuse(() => readHistory(file));
      return [exercise, { path: file.path, epochs: value, refused }];
    }),
  );
}
