import type { Duration } from './claim.ts';
import { findNumerals } from './numeral.ts';

const SECONDS_PER_UNIT: readonly (readonly [RegExp, number])[] = [
  [/^\s*(?:[-–]\s*)?(?:s|secs?|seconds?)\b(?!\s*(?:\/\s*|per\s+)(?:step|sample|image|batch))/iu, 1],
  [/^\s*(?:[-–]\s*)?(?:m|mins?|minutes?)\b(?!\s*\/)/u, 60],
  [/^\s*(?:[-–]\s*)?(?:h|hrs?|hours?)\b/u, 3600],
  [
    /^\s*(?:[-–]\s*)?(?:ms|milliseconds?)\b(?!\s*(?:\/\s*|per\s+)(?:step|sample|image|batch))/iu,
    0.001,
  ],
];
const SPELLED = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty'
    .split(' ')
    .map((word, index) => [word, index < 20 ? index + 1 : (index - 17) * 10]),
);
const SPELLED_NUMBER = new RegExp(`\\b(?:${[...SPELLED.keys()].join('|')})\\b`, 'giu');
const JOINS = /^\s*(?:(?:,|and)\s*)?$/iu;
const RANGE = /^\s*(?:[-–—]|to|or)\s*[~≈]?$/iu;
const EXCERPT = 60;

/** A time whose smaller units may still follow: "1 min" before "20 s". */
interface OpenDuration {
  readonly seconds: number;
  /** Seconds of its smallest unit so far. */
  readonly unit: number;
  readonly start: number;
  readonly end: number;
}

/** The times that a line of text states, in seconds: "5s", "about 5 seconds", "1 min 20 s", "4-5 s", "five seconds". */
export function findDurations(line: string): Duration[] {
  const text = line.replaceAll(SPELLED_NUMBER, (word) => digitsOfEqualWidth(word));
  const durations: Duration[] = [];
  let open: OpenDuration | null = null;
  const finish = (done: OpenDuration | null): void => {
    if (done !== null && done.seconds > 0) {
      durations.push({
        seconds: done.seconds,
        text: excerpt(line, done.start, done.end),
      });
    }
  };
  // Numbers beside a slash count batches ("1875/1875").
  const numerals = findNumerals(text).filter(
    ({ start, end, percent }) => !percent && text[start - 1] !== '/' && text[end] !== '/',
  );
  for (const [index, numeral] of numerals.entries()) {
    const own = unitAfter(text, numeral.end);
    const next = numerals[index + 1];
    const ranged =
      own === null && next !== undefined && RANGE.test(text.slice(numeral.end, next.start));
    if (ranged && unitAfter(text, next.end) !== null) continue;
    if (own === null) {
      finish(open);
      open = null;
      continue;
    }
    const low = numerals[index - 1];
    const isUpperEnd =
      low !== undefined &&
      unitAfter(text, low.end) === null &&
      RANGE.test(text.slice(low.end, numeral.start));
    const value = isUpperEnd ? (low.value + numeral.value) / 2 : numeral.value;
    const start = isUpperEnd ? low.start : numeral.start;
    if (
      open !== null &&
      own.seconds < open.unit &&
      JOINS.test(text.slice(open.end, numeral.start))
    ) {
      open = {
        seconds: open.seconds + value * own.seconds,
        unit: own.seconds,
        start: open.start,
        end: own.end,
      };
    } else {
      finish(open);
      open = {
        seconds: value * own.seconds,
        unit: own.seconds,
        start,
        end: own.end,
      };
    }
  }
  finish(open);
  return durations;
}

function unitAfter(text: string, end: number): { seconds: number; end: number } | null {
  const rest = text.slice(end);
  for (const [unit, seconds] of SECONDS_PER_UNIT) {
    const match = unit.exec(rest);
    if (match !== null) return { seconds, end: end + match[0].length };
  }
  return null;
}

/** Keeps positions as they were: every spelled number is at least as long as its digits. */
function digitsOfEqualWidth(word: string): string {
  return String(SPELLED.get(word.toLowerCase()) ?? word).padStart(word.length, ' ');
}

function excerpt(line: string, start: number, end: number): string {
  return line
    .slice(Math.max(0, start - EXCERPT), end + EXCERPT)
    .trim()
    .replaceAll(/\s+/gu, ' ');
}
