import { type Mention, isMetric } from './metric-words.ts';
import type { Numeral } from './numeral.ts';

/** A number and what it is said of. */
export interface Assigned {
  readonly numeral: Numeral;
  readonly mention: Mention;
}

/** What may stand between a metric and its number without breaking their tie. */
const TIE_BEFORE =
  /^[\s:=|"'`*~≈>)\]-]*(?:(?:of|is|was|at|are|were|about|approximately|around|roughly|nearly|almost|equals?|reache[sd]|the|to|a|an|value|score|rate|on|for|in|our|my|this|model|test|testing|validation|training|train|set|data|over|under|we|got|get|obtained?|achieved?|came|out|be|just|only|now|still|finally|beträgt|betrug|ist|war|liegt|lag|bei|von|auf|den|dem|der|die|das|des|testdaten|modells?|est|était|de|du|la|le|les|sur|données|à|es|fue|en|el|los|datos|van|op|het|bedraagt|è|di|da|do|dos|no|na)[\s:=|"'`*~≈)]*){0,12}$/iu;
const TIE_AFTER =
  /^\s*(?:(?:of|as|the|for|in|on|our|my|all|test|testing|validation|training|train|images?|digits|pictures|cases|samples|examples|predictions|were|was|are|is|got|classified|categorical|der|die|das|wurden?|bilder|testbilder|sont|des|de|d['’]|van|het|di)\s*)*$/iu;
/** Settings and differences take a number that stands right behind them, and no other. */
const TIE_SETTING =
  /^[\s:=|"'`*~≈([-]*(?:(?:of|is|was|at|to|rates?|size|value|set|about|only|just|around|with|p|keep|layers?|von|de|d['’]|van|di|da|mit)[\s:=|"'`*~≈([]*){0,4}$/iu;

/** Which mention each number belongs to; numbers that belong to none are left out. */
export function assign(
  sentence: string,
  mentions: readonly Mention[],
  numerals: readonly Numeral[],
): Assigned[] {
  const paired = pairInOrder(mentions, numerals);
  if (paired !== null) return paired;
  return numerals.flatMap((numeral): Assigned[] => {
    const mention = owner(sentence, mentions, numeral);
    return mention === undefined ? [] : [{ numeral, mention }];
  });
}

function owner(
  sentence: string,
  mentions: readonly Mention[],
  numeral: Numeral,
): Mention | undefined {
  const nearest = mentions.findLast(({ end }) => end <= numeral.start);
  const between = nearest === undefined ? '' : sentence.slice(nearest.end, numeral.start);
  const isDropout =
    nearest !== undefined && /drop/iu.test(sentence.slice(nearest.start, nearest.end));
  if (nearest !== undefined && isTied(nearest, between, numeral, isDropout)) return nearest;
  const taking = mentions.filter(({ topic }) => topic !== 'setting' && topic !== 'count');
  const before = taking.findLast(({ end }) => end <= numeral.start);
  const after = taking.find(({ start }) => start >= numeral.end);
  const tiedAfter =
    after !== undefined &&
    TIE_AFTER.test(sentence.slice(numeral.end, after.start)) &&
    !/^\s*[:=]/u.test(sentence.slice(after.end));
  return tiedAfter ? after : (before ?? after);
}

/** "With dropout 97.12 %" says what came out: nobody drops nine units in ten. */
const MOST_DROPPED = 0.9;

function isTied(
  mention: Mention,
  between: string,
  { value, fractional, percent }: Numeral,
  isDropout: boolean,
): boolean {
  const isNearlyAll = value / (percent || value > 1 ? 100 : 1) > MOST_DROPPED;
  switch (mention.topic) {
    case 'count':
      // Nobody trains for 98.2 epochs.
      return !fractional && !percent && TIE_SETTING.test(between);
    case 'setting':
      return TIE_SETTING.test(between) && !(isDropout && isNearlyAll);
    default:
      return TIE_BEFORE.test(between);
  }
}

/** "loss and accuracy are 0.28 and 0.92": all metrics first, then as many numbers, or all numbers first. */
function pairInOrder(
  mentions: readonly Mention[],
  numerals: readonly Numeral[],
): Assigned[] | null {
  const metrics = mentions.filter(isMetric);
  const firstNumber = numerals[0];
  if (metrics.length < 2 || firstNumber === undefined || numerals.length !== metrics.length)
    return null;
  const last = numerals.at(-1) ?? firstNumber;
  const isBefore = metrics.every(({ end }) => end <= firstNumber.start);
  // "0.28 and 0.92 are the loss and the accuracy"
  if (!isBefore && !metrics.every(({ start }) => start >= last.end)) return null;
  return metrics.flatMap((mention, index) => {
    const numeral = numerals[index];
    return numeral === undefined ? [] : [{ numeral, mention }];
  });
}
