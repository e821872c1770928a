import type { Epoch } from '@labproof/core';
import { filesInMemory } from '../files/submission-files.ts';
import { type Refusal, readOrRefuse } from '../refusal.ts';
import { readHistory } from './read-history.ts';

/** What is read in one training history, as `labproof inspect --json` prints it. */
export type HistoryInspection =
  | { readonly kind: 'history'; readonly epochs: readonly Epoch[] }
  | { readonly kind: 'history'; readonly refused: Refusal };

/** Tells what is read in one file as a training history. */
export function inspectHistory(path: string, bytes: Uint8Array): HistoryInspection {
  const [file] = filesInMemory(new Map([[path, bytes]])).files;
  if (file === undefined) throw new Error('a file without a path');
  const { value, refused } = readOrRefuse(() => readHistory(file));
  return refused === null ? { kind: 'history', epochs: value } : { kind: 'history', refused };
}
