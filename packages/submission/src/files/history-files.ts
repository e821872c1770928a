import type { Lab } from '@labproof/lab';
import type { FoundFile } from './found-file.ts';
import { plainStem } from './copy-mark.ts';
import { exerciseOfCopy } from './exercise-name.ts';
import type { SubmissionFile, SubmissionFiles } from './submission-files.ts';
import { decodeText } from '../text/decode-text.ts';
import { readOrRefuse } from '../refusal.ts';

/** A training history that came as a file. */
export interface HistoryFile {
  readonly exercise: string;
  readonly file: SubmissionFile;
  readonly found: FoundFile;
}

const FILE = /^(?:(?:.*\/)?(?<folder>[^/]+)\/)?(?<stem>[^/]+)\.(?<ending>csv|tsv|json|log|txt)$/iu;
/** Words for a history in a name: "history_mnist-cnn", "mnist-cnn.training-log". */
const WORD =
  /(?:^|[\s_.-])(?:history|histories|hist|training|train|log|logs|csvlogger|epochs)(?=[\s_.-]|$)/giu;
const HISTORY_FOLDER = /^(?:histor(?:y|ies)|logs?)$/iu;
const GENERIC = /^(?:history|histories|training|train|log|logs|training[\s_-]?log|hist)$/iu;
/** A model of TensorFlow.js is JSON as well. */
const NO_HISTORY = /^(?:model|submission|package|package-lock|metadata|config|tsconfig)$/iu;
const PEEKED = 4096;

/**
 * Finds the training histories, several for an exercise where that is how it is: `histories/<exercise>.csv`, `history.csv`
 * in a folder named after the exercise, and loose files whose names are the exercise's, perhaps with a word for a history in it
 * and with the mark of a copy. A loose file has to look like one.
 */
export function findHistories(files: SubmissionFiles, lab: Lab): readonly HistoryFile[] {
  return files.files.flatMap((file) => {
    const told = exerciseOf(file, lab);
    if (told === null) return [];
    const { exercise, why } = told;
    const found: FoundFile = { path: file.path, role: 'history', matched: [exercise], why };
    return [{ exercise, file, found }];
  });
}

function exerciseOf(file: SubmissionFile, lab: Lab): { exercise: string; why: string } | null {
  const { folder = '', stem = '', ending = '' } = FILE.exec(file.path)?.groups ?? {};
  if (stem === '') return null;
  const isTable = /^(?:csv|tsv|json)$/iu.test(ending);
  const inFolder = HISTORY_FOLDER.test(folder);
  const exact = exerciseOfCopy(stem, lab);
  if (inFolder && exact !== null) {
    return { exercise: exact, why: `it is named after the exercise ${exact}` };
  }
  const isGeneric = GENERIC.test(plainStem(stem));
  const byFolder = isGeneric ? exerciseOfCopy(folder, lab) : null;
  if (byFolder !== null) {
    return { exercise: byFolder, why: `it is named after the exercise ${byFolder}` };
  }
  if (NO_HISTORY.test(stem) || /^models?$/iu.test(folder)) return null;
  const without = stem.replaceAll(WORD, '').replaceAll(/^[\s_.-]+|[\s_.-]+$/gu, '');
  const saysSo = without !== stem;
  const only = isGeneric && lab.exercises.length === 1 ? (lab.exercises[0]?.id ?? null) : null;
  const loose = exact ?? (saysSo ? exerciseOfCopy(without, lab) : null) ?? only;
  if (loose === null || !(isTable || saysSo || inFolder) || !looksLikeHistory(file)) return null;
  return {
    exercise: loose,
    why: `its name is that of the exercise ${loose}, and it holds a training history`,
  };
}

/** The word "loss" stands among the names at the beginning of every history. */
function looksLikeHistory(file: SubmissionFile): boolean {
  const { value } = readOrRefuse(() => decodeText(file.read().subarray(0, PEEKED)));
  return /loss/iu.test(value ?? '');
}
