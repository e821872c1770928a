import type { Epoch } from '@labproof/core';
import { type Refusal, readOrRefuse } from '../refusal.ts';
import { versionsDiffer } from '../files/versions.ts';
import type { HistoryFile } from '../files/history-files.ts';
import { readHistory } from './read-history.ts';

/** A history file with its epochs, or the reason why it cannot be read. */
export interface HistoryReading {
  readonly path: string;
  readonly epochs: readonly Epoch[] | null;
  readonly refused: Refusal | null;
}

/**
 * Reads the history files of a submission, by exercise. Of several for one exercise those count that can be read; where
 * they say different things, none is taken (`versions-differ`).
 */
export function readHistories(files: readonly HistoryFile[]): ReadonlyMap<string, HistoryReading> {
  const byExercise = new Map<string, HistoryReading[]>();
  for (const { exercise, file } of files) {
    const { value, refused } = readOrRefuse(() => readHistory(file));
    const readings = byExercise.get(exercise) ?? [];
    readings.push({ path: file.path, epochs: value, refused });
    byExercise.set(exercise, readings);
  }
  return new Map(
    [...byExercise].flatMap(([exercise, readings]) => {
      const read = readings.filter(({ epochs }) => epochs !== null);
      const [first] = read.length > 0 ? read : readings;
      if (first === undefined) return [];
      const differ = read.some(
        ({ epochs }) => JSON.stringify(epochs) !== JSON.stringify(first.epochs),
      );
      const refused = differ
        ? versionsDiffer(
            `the training history of ${exercise}`,
            read.map(({ path }) => path),
          )
        : first.refused;
      return [[exercise, { ...first, epochs: differ ? null : first.epochs, refused }]] as const;
    }),
  );
}
