import type { DataPart } from './claim.ts';
import {
  AMBIGUOUS,
  ENDINGS,
  NEARLY_LOSS,
  PARTS,
  SPELT,
  TOPICS,
  type Topic,
  UNSPACED,
} from './metric-terms.ts';
import { differsInOneLetter } from '../text/one-letter.ts';

/** A word that says what a number is about. What is no metric claims numbers too, so that nothing else takes them. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly topic: Topic;
  /** The part of the data that the word itself names: `val_acc` is about validation. */
  readonly part: DataPart | null;
  /** Misspelt, or a word that has another meaning, too. */
  readonly doubtful: boolean;
}

/** A word that says which part of the data is meant: "test accuracy", "on the training set". */
export interface PartWord {
  readonly start: number;
  readonly end: number;
  readonly part: DataPart;
}

export function isMetric({ topic }: Mention): boolean {
  return topic === 'accuracy' || topic === 'loss';
}

const WORD = /[\p{L}\p{M}_]+(?:-entropy)?/gu;
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Arab}]/u;

/** Words after which "training" is the training set and not the act of training. */
const AFTER_PART =
  /^\s*(?:set|sets|data|dataset|images?|examples?|samples?|split|acc|accurac|loss|and\b|&|\/|,\s*(?:and\s+)?(?:val|test|train)|:|=|\||vs\b|\(|is\b|was\b|[-–]\s*(?:set|data|accuracy|loss)|[\d~]|$)/iu;

/** "Validation split": a share of the data, and no part that a figure is said of. */
const IS_SPLIT = /^[\s_-]*(?:split|share)(?!\p{L})/iu;
/** Before "train" they make a verb of it: "we train for 12 epochs". */
const BEFORE_VERB =
  /(?<!\p{L})(?:i|we|you|they|to|one|people|can|could|will|would|must|should)\s+$/iu;

/** Finds what a sentence's numbers may be about, and which data. */
export function findMentions(text: string): {
  mentions: Mention[];
  parts: PartWord[];
} {
  const mentions: Mention[] = [];
  const parts: PartWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    const end = start + match[0].length;
    const rest = text.slice(end, end + 40);
    if (WITHOUT_SPACES.test(match[0])) {
      for (const { topic, part, ...place } of unspaced(match[0], start, rest)) {
        if (topic !== null) mentions.push({ ...place, topic, part: null, doubtful: false });
        else if (part !== null) parts.push({ ...place, part });
      }
      continue;
    }
    const pieces = match[0]
      .normalize('NFC')
      .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
      .toLowerCase()
      .split('_')
      .filter((piece) => piece !== '');
    const isOther = OTHER_ACCURACY.test(text.slice(Math.max(0, start - 20), start));
    const named = pieces.map((piece) => meaningOf(piece, rest)).findLast((found) => found !== null);
    const own = named ?? (isLossOf(pieces, rest) ? LETTER_OF_LOSS : undefined);
    const part =
      own?.part ??
      pieces.map((piece) => PARTS.get(piece)).find((found) => found !== undefined) ??
      null;
    // Logs are cut off in the middle of names ("val_lo"): a column of its own all the same.
    const isCutName = own === undefined && part !== null && match[0].includes('_');
    if (own !== undefined || isCutName) {
      mentions.push({
        start,
        end,
        topic: 'rival',
        doubtful: false,
        ...own,
        ...(isOther && own?.topic === 'accuracy' ? OTHER : {}),
        part,
      });
    } else if (
      part !== null &&
      !IS_SPLIT.test(rest) &&
      (part !== 'training' ||
        isTrainingData(pieces, text.slice(Math.max(0, start - 20), start), rest))
    ) {
      parts.push({ start, end, part });
    }
  }
  mentions.push(...lossSymbols(text), ...otherSymbols(text));
  return {
    mentions: mentions.toSorted((a, b) => a.start - b.start),
    parts: parts.toSorted((a, b) => a.start - b.start),
  };
}

/** The letter of a loss in formulas: "\mathcal{L}_{test} = 0.08", "ℒ"; a plain L only where a sign and a number follow. */
const LOSS_SYMBOL =
  /\\(?:mathcal|mathscr)\s*(?:\{\s*L\s*\}|\s+L(?!\p{L}))|\\ell(?!\p{L})|ℒ|(?<![\p{L}\p{M}\d_\\{])L(?=\s*(?:_\s*\{[^{}\d]{0,30}\})?\s*[=≈]\s*\.?\d)/gu;

const OTHER = { topic: 'rival' } as const;
const LETTER_OF_LOSS: Meaning = { topic: 'loss', part: null, doubtful: true };

/** "L_test = 0.08" */
function isLossOf([letter, part = '', ...more]: readonly string[], rest: string): boolean {
  return letter === 'l' && more.length === 0 && PARTS.has(part) && /^\s*[=≈:]\s*\.?\d/u.test(rest);
}

function lossSymbols(text: string): Mention[] {
  return [...text.matchAll(LOSS_SYMBOL)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    topic: 'loss',
    part: null,
    doubtful: match[0] === 'L',
  }));
}

/** "F1", "F-score", "R²" are other measures; "L2", "λ", "β₁", "beta_2" are chosen, whatever stands in their index. */
const MEASURE =
  /(?<![\p{L}\p{M}\d_])(?:F(?:[-_ ]?[1β]|₁)(?:[-_ ]?(?:scores?|measures?|maß|wert))?|F[-_ ](?:scores?|measures?)|R²|R\^2)(?![\p{L}\d])/giu;
const CHOSEN =
  /(?<![\p{L}\p{M}\d_\\])(?:[Ll][12](?![\p{L}\d.,])|(?:beta|lambda|alpha|gamma|rho|eta|eps|epsilon)_?(?:\d(?![\d.,])|[₀-₉])|[αβγηλρεμσ](?:_?\{?\d\}?(?![\d.,])|[₀-₉])?(?!\p{L}))/gu;

function otherSymbols(text: string): Mention[] {
  const all = (pattern: RegExp, topic: Topic): Mention[] =>
    [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      topic,
      part: null,
      doubtful: false,
    }));
  return [...all(MEASURE, 'rival'), ...all(CHOSEN, 'setting')];
}

/** "Top-5 accuracy", "balanced accuracy": not what is meant by accuracy alone. */
const OTHER_ACCURACY =
  /(?<!\p{L})(?:top[-_ ]?(?:[2-9]|1\d|k|n)|balanced|per[-_ ]class|class[-_ ]wise|balancierte|ausgewogene)[-_ ]?$/iu;

/** Whether a word that may be the act of training names the training data. */
function isTrainingData(pieces: readonly string[], before: string, rest: string): boolean {
  if (pieces.includes('training')) return AFTER_PART.test(rest);
  return !pieces.includes('train') || pieces.length > 1 || !BEFORE_VERB.test(before);
}

type Meaning = Pick<Mention, 'topic' | 'part' | 'doubtful'>;

function meaningOf(word: string, rest: string): Meaning | null {
  const plain = (topic: Topic, doubtful = false): Meaning => ({
    topic,
    part: null,
    doubtful,
  });
  const topic = TOPICS.get(word);
  if (topic !== undefined) return plain(topic);
  const ambiguous = AMBIGUOUS.get(word);
  if (ambiguous !== undefined) return plain(ambiguous, true);
  if (NEARLY_LOSS.has(word)) return /^\s*[:=]/u.test(rest) ? plain('loss', true) : null;
  for (const [ending, metric] of ENDINGS) {
    if (!word.endsWith(ending) || word.length === ending.length) continue;
    const front = word.slice(0, -ending.length);
    const part = partOf(front);
    if (part !== null) return { topic: metric, part, doubtful: false };
  }
  return SPELT.some((right) => differsInOneLetter(word, right)) ? plain('accuracy', true) : null;
}

function partOf(front: string): DataPart | null {
  if (front.startsWith('test')) return 'test';
  if (front.startsWith('val')) return 'validation';
  return front.startsWith('train') ? 'training' : null;
}

/** "训练20轮后": a number of rounds behind the word makes it the act of training. */
const ROUNDS = /^\s*(?:了\s*)?\d{1,6}\s*(?:轮|次|个|遍|步|代|回|epochs?|エポック|에포크)/iu;

function unspaced(
  run: string,
  offset: number,
  rest: string,
): {
  start: number;
  end: number;
  topic: Topic | null;
  part: DataPart | null;
}[] {
  return UNSPACED.flatMap(([pattern, meaning]) =>
    [...run.matchAll(pattern)].flatMap((match) => {
      const start = offset + match.index;
      const isPart = meaning === 'test' || meaning === 'validation' || meaning === 'training';
      const isLast = match.index + match[0].length === run.length;
      if (meaning === 'training' && isLast && ROUNDS.test(rest)) return [];
      return [
        {
          start,
          end: start + match[0].length,
          topic: isPart ? null : meaning,
          part: isPart ? meaning : null,
        },
      ];
    }),
  );
}
