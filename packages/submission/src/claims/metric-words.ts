import type { DataPart, Metric } from './claim.ts';

/** A word that says what a number is about. `other` claims numbers too, so that nothing else takes them. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly topic: Metric | 'other';
  /** The part of the data that the word itself names: `val_acc` is about validation. */
  readonly part: DataPart | null;
}

/** A word that says which part of the data is meant: "test accuracy", "on the training set". */
export interface PartWord {
  readonly start: number;
  readonly end: number;
  readonly part: DataPart;
}

const WORD = /[\p{L}_]+(?:-entropy)?/gu;

const TOPICS: ReadonlyMap<string, Metric | 'other'> = new Map([
  ...['acc', 'accuracy', 'accuracies', 'correct', 'correctly'].map((word): [string, Metric] => [
    word,
    'accuracy',
  ]),
  ...['loss', 'losses', 'crossentropy', 'cross-entropy', 'mse'].map((word): [string, Metric] => [
    word,
    'loss',
  ]),
  ...[
    'error',
    'errors',
    'misclassified',
    'wrong',
    'wrongly',
    'incorrect',
    'incorrectly',
    'learning',
    'lr',
    'dropout',
    'decay',
    'momentum',
    'rho',
    'epsilon',
    'threshold',
    'split',
    'chance',
    'epoch',
    'epochs',
    'precision',
    'recall',
  ].map((word): [string, 'other'] => [word, 'other']),
]);

const PARTS: ReadonlyMap<string, DataPart> = new Map([
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
  ['evaluation', 'test'],
  ['train', 'training'],
  ['training', 'training'],
]);

/** Words after which "training" is the training set and not the act of training. */
const AFTER_PART =
  /^\s*(?:set|sets|data|dataset|images?|examples?|samples?|split|acc|accurac|loss|and\b|&|\/|,\s*(?:and\s+)?(?:val|test|train)|:|=|\||vs\b|\(|is\b|was\b|[-–]\s*(?:set|data|accuracy|loss)|[\d~]|$)/iu;

/** Finds what a sentence's numbers may be about, and which data. */
export function findMentions(text: string): { mentions: Mention[]; parts: PartWord[] } {
  const mentions: Mention[] = [];
  const parts: PartWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const end = start + match[0].length;
    const pieces = match[0]
      .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
      .toLowerCase()
      .split('_')
      .filter((piece) => piece !== '');
    const topic = pieces.map((piece) => TOPICS.get(piece)).findLast((found) => found !== undefined);
    const part =
      pieces.map((piece) => PARTS.get(piece)).find((found) => found !== undefined) ?? null;
    // Logs are cut off in the middle of names ("val_lo"): a column of its own all the same.
    const isCutName = topic === undefined && part !== null && match[0].includes('_');
    if (topic !== undefined || isCutName)
      mentions.push({ start, end, topic: topic ?? 'other', part });
    else if (part !== null && (part !== 'training' || AFTER_PART.test(text.slice(end)))) {
      parts.push({ start, end, part });
    }
  }
  return { mentions, parts };
}
