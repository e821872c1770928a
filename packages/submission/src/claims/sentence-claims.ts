import type { Claim, DataPart, Metric } from './claim.ts';
import { type Mention, type PartWord, findMentions } from './metric-words.ts';
import { metricValue } from './metric-value.ts';
import { type Numeral, findNumerals } from './numeral.ts';

/** A unit or noun after a number that makes it something other than a metric. */
const OTHER_UNIT =
  /^\s*(?:[-–]\s*)?(?:s\b|secs?\b|seconds?\b|ms\b|us\b|µs\b|min\b|mins\b|minutes?\b|hours?\b|h\b|epochs?\b|images?\b|samples?\b|digits?\b|neurons?\b|units?\b|layers?\b|nodes?\b|param|weights?\b|steps?\b|runs?\b|times\b|x\s*\d|×|(?:percentage\s+)?points?\b|(?:%\s*)?(?:higher|lower|better|worse|more|less|increase|decrease|improvement|difference|drop)\b|\/\s*\d|:\d|(?:st|nd|rd|th)\b)/iu;
const NOT_A_LEVEL =
  /(?:\bby|question|\bq|figure|fig\.?|table|layer|batch|seed|step|model|exercise|chapter|section|\d\s*\/)\s*$/iu;
const APPROXIMATELY =
  /(?:[~≈∼]|\b(?:about|approximately|approx\.?|around|roughly|nearly|almost|circa|ca\.?|close to|some|(?:just )?(?:over|under|above|below)|more than|less than))\s*$/iu;
/** What may stand between a metric and its number without breaking their tie. */
const TIE_BEFORE =
  /^[\s:=|"'`*~≈>)\]-]*(?:(?:of|is|was|are|were|at|about|approximately|around|roughly|nearly|almost|equals?|reache[sd]|the|to|a|an|value|score|rate|on|for|in|our|this|model|test|testing|validation|training|train|set|data|over|under|we|got|get|obtained?|achieved?|came|out|be|just)[\s:=|"'`*~≈)]*)*$/iu;
const TIE_AFTER =
  /^\s*(?:(?:of|as|the|for|in|test|testing|validation|training|train|images?|were|was|are|is|classified|categorical)\s+)*$/iu;
const BETWEEN_ENDS = /^\s*(?:[-–—]|to)\s*[~≈]?$/u;

type StatedValue = Omit<Claim, 'part' | 'text' | 'printed'>;

interface Assigned {
  readonly numeral: Numeral;
  readonly mention: Mention;
}

/**
 * The accuracies and losses that one sentence, log line or joined table row states.
 * Each number goes to the metric it is tied to ("accuracy: 0.92", "92 % accuracy"); several metrics before as
 * many numbers are paired in order ("loss and accuracy are 0.28 and 0.92"); else the nearest metric takes it.
 */
export function claimsInSentence(
  sentence: string,
  about: { readonly training?: boolean; readonly excerpt?: string } = {},
): Claim[] {
  const { mentions, parts } = findMentions(sentence);
  if (!mentions.some(({ topic }) => topic !== 'other')) return [];
  const numerals = findNumerals(sentence).filter(
    ({ start, end }) =>
      !OTHER_UNIT.test(sentence.slice(end)) && !NOT_A_LEVEL.test(sentence.slice(0, start)),
  );
  const trains =
    about.training === true ||
    mentions.some(({ part }) => part === 'validation' && /val_/iu.test(sentence));
  const assigned = assign(sentence, mentions, numerals);
  const claims: Claim[] = [];
  for (let index = 0; index < assigned.length; index += 1) {
    const entry = assigned[index];
    if (entry === undefined || entry.mention.topic === 'other') continue;
    const next = assigned[index + 1];
    const range = next === undefined ? null : rangeOf(sentence, entry, next);
    const claim = range ?? single(sentence, entry);
    if (claim === null) continue;
    if (range !== null) index += 1;
    const part =
      entry.mention.part ?? partFor(index, assigned, parts) ?? (trains ? 'training' : null);
    claims.push({ ...claim, part, text: about.excerpt ?? excerpt(sentence), printed: false });
  }
  return claims;
}

function single(sentence: string, { numeral, mention }: Assigned): StatedValue | null {
  const metric = mention.topic as Metric;
  const read = metricValue(numeral, metric);
  return read === null
    ? null
    : {
        metric,
        ...read,
        written: numeral.text.trim(),
        spread: 0,
        approximate: APPROXIMATELY.test(sentence.slice(0, numeral.start)),
      };
}

/** Ends further apart than this are two statements, not one range. */
const WIDEST_RANGE = 0.1;

function rangeOf(sentence: string, low: Assigned, high: Assigned): StatedValue | null {
  if (low.mention !== high.mention) return null;
  const { numeral: a } = low;
  const { numeral: b } = high;
  const metric = low.mention.topic as Metric;
  const between = sentence.slice(a.end, b.start);
  const spelled =
    /\bbetween\s*$/iu.test(sentence.slice(0, a.start)) && /^\s*and\s*$/u.test(between);
  if (
    !spelled &&
    (!BETWEEN_ENDS.test(between) || /\bfrom\s*$/iu.test(sentence.slice(0, a.start)))
  ) {
    return null;
  }
  const first = metricValue({ ...a, percent: a.percent || b.percent }, metric);
  const second = metricValue(b, metric);
  if (first === null || second === null) return null;
  const spread = Math.abs(second.value - first.value) / 2;
  if (spread > WIDEST_RANGE / 2) return null;
  return {
    metric,
    value: (first.value + second.value) / 2,
    step: Math.max(first.step, second.step),
    written: sentence.slice(a.start, b.end),
    spread,
    approximate: false,
  };
}

function assign(
  sentence: string,
  mentions: readonly Mention[],
  numerals: readonly Numeral[],
): Assigned[] {
  const paired = pairInOrder(mentions, numerals);
  if (paired !== null) return paired;
  const assigned: Assigned[] = [];
  for (const numeral of numerals) {
    const before = mentions.findLast(({ end }) => end <= numeral.start);
    const after = mentions.find(({ start }) => start >= numeral.end);
    const tiedBefore =
      before !== undefined && TIE_BEFORE.test(sentence.slice(before.end, numeral.start));
    const tiedAfter =
      after !== undefined &&
      TIE_AFTER.test(sentence.slice(numeral.end, after.start)) &&
      !/^\s*[:=]/u.test(sentence.slice(after.end));
    const mention = tiedBefore ? before : tiedAfter ? after : (before ?? after);
    if (mention !== undefined) assigned.push({ numeral, mention });
  }
  return assigned;
}

/** "loss and accuracy are 0.28 and 0.92": all metrics first, then as many numbers. */
function pairInOrder(
  mentions: readonly Mention[],
  numerals: readonly Numeral[],
): Assigned[] | null {
  const metrics = mentions.filter(({ topic }) => topic !== 'other');
  const firstNumber = numerals[0];
  if (metrics.length < 2 || firstNumber === undefined || numerals.length !== metrics.length)
    return null;
  if (!metrics.every(({ end }) => end <= firstNumber.start)) return null;
  return metrics.flatMap((mention, index) => {
    const numeral = numerals[index];
    return numeral === undefined ? [] : [{ numeral, mention }];
  });
}

/** Which data a number is about: part words stand before their numbers, or after them, throughout a sentence. */
function partFor(
  index: number,
  assigned: readonly Assigned[],
  parts: readonly PartWord[],
): DataPart | null {
  const first = assigned[0];
  const entry = assigned[index];
  if (first === undefined || entry === undefined || parts.length === 0) return null;
  const leading = parts.filter(({ end }) => end <= first.numeral.start);
  if (leading.length > 1 && leading.length === parts.length && leading.length === assigned.length) {
    return leading[index]?.part ?? null;
  }
  const from = index === 0 ? 0 : (assigned[index - 1]?.numeral.end ?? 0);
  const until = assigned[index + 1]?.numeral.start ?? Number.POSITIVE_INFINITY;
  const before = parts.findLast(({ start, end }) => start >= from && end <= entry.numeral.start);
  const after = parts.find(({ start }) => start >= entry.numeral.end && start < until);
  const chosen = leading.length > 0 ? (before ?? after) : (after ?? before);
  // A part named once, at the front, holds for every number that follows ("test loss 0.28, accuracy 0.92").
  return chosen?.part ?? (parts.length === 1 ? (leading[0]?.part ?? null) : null);
}

const LONGEST_EXCERPT = 200;

function excerpt(sentence: string): string {
  const plain = sentence.trim().replaceAll(/\s+/gu, ' ');
  return plain.length > LONGEST_EXCERPT ? `${plain.slice(0, LONGEST_EXCERPT)}…` : plain;
}
