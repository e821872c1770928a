import { withoutInvisible, readable } from '../text/readable.ts';
import { assign, type Assigned } from './assign.ts';
import { isChange } from './change.ts';
import type { Claim, ClaimSource, DataPart, Metric, Standing } from './claim.ts';
import { type Mention, type PartWord, findMentions, isMetric } from './metric-words.ts';
import { type MetricValue, metricValue } from './metric-value.ts';
import { levelsIn } from './levels.ts';
import { type Numeral, findNumerals } from './numeral.ts';
import { SentenceStanding } from './standing.ts';
import { CORRECTS } from './standing-words.ts';

const APPROXIMATELY =
  /(?:[~≈∼]|(?<!\p{L})(?:about|approximately|approx\.?|around|roughly|nearly|almost|circa|ca\.?|close to|some|just (?:over|under|above|below)|(?:slightly|a little) (?:over|under|above|below)|ungefähr|etwa|rund|fast|knapp|environ|presque|près de|ongeveer|bijna|aproximadamente|cerca de|casi|unos|quase|quasi)|大约|约|接近)\s*$/iu;
const BETWEEN_ENDS = /^\s*(?:%\s*)?(?:[-–—~÷‥…]|\.{2,3}|to|bis|à|tot|a|hasta|至|到)\s*[~≈]?$/iu;
const BETWEEN = /(?<!\p{L})(?:between|zwischen|entre|tussen|tra|fra|在)\s*$/iu;
const AND = /^\s*(?:and|und|et|en|y|e|和|与)\s*$/iu;
const FROM = /(?<!\p{L})(?:from|von|de|van|da|desde|del|从)\s*$/iu;
/** "0.91 or 0.92": whoever says both says neither. */
const OR =
  /^[\s,]*(?:or|oder|ou|of|o|either|and\/or|maybe|或者?|也许)\s*(?:even|sogar|maybe)?\s*$/iu;
/** "In the end we reached 98.2 %", where no word names the metric. */
const REACHED =
  /(?<!\p{L})(?:reach(?:ed|es)?|achiev(?:ed|es|ing)|obtained|scored|erreich\p{L}*|atteint|atteignons|obtenu|bereik\p{L}*|alcanz\p{L}+|raggiun\p{L}+|达到)\s+(?:[\p{L}~≈]+\s+){0,3}$/iu;
/** So far behind a setting's name, a percentage is the setting: "with a dropout of 25 %". */
const SETTING_REACH = 12;
/** "[0.0812, 0.9753]", as Keras's `evaluate` returns it. */
const PAIR = /[[(](?<pair>[^[\]()]{3,80})[\])]/gu;
/** More numbers in one sentence than anybody says. */
const MOST_NUMERALS = 40;

export interface SentenceContext {
  /** The sentence is of training, where it says of nothing else. */
  readonly training?: boolean;
  readonly excerpt?: string;
  readonly source?: ClaimSource;
  /** Holds for the whole sentence, whatever it says. */
  readonly standing?: Standing;
}

/**
 * The accuracies and losses that one sentence, log line or joined table row speaks of, each with its standing.
 * Each number goes to the metric it is tied to ("accuracy: 0.92", "92 % accuracy"); several metrics before as
 * many numbers are paired in order ("loss and accuracy are 0.28 and 0.92"); else the nearest metric takes it.
 */
export function claimsInSentence(text: string, about: SentenceContext = {}): Claim[] {
  const sentence = readable(text);
  if (!/\d/u.test(sentence)) return [];
  const { mentions, parts } = findMentions(sentence);
  const numerals = levelsIn(sentence, findNumerals(sentence)).slice(0, MOST_NUMERALS);
  const trains =
    about.training === true ||
    mentions.some(({ part }) => part === 'validation' && /val_/iu.test(sentence));
  const assigned = mentions.some(isMetric)
    ? assign(sentence, mentions, numerals)
    : (correction(sentence, numerals) ?? withoutMetric(sentence, mentions, numerals));
  if (assigned.length === 0) return [];
  const standing = new SentenceStanding(sentence);
  const claims: Claim[] = [];
  // A question states nothing; its answer may.
  const asks = /[?？]\s*$/u.test(sentence);
  const listed = alternatives(sentence, assigned);
  const corrects = CORRECTS.test(sentence);
  let reached: Assigned | undefined;
  /** Of which data the value before a change is said: the one after it is of the same. */
  let changed: DataPart | null = null;
  let former: DataPart | null = null;
  for (let index = 0; index < assigned.length; index += 1) {
    const entry = assigned[index];
    if (entry === undefined || !isMetric(entry.mention)) continue;
    const next = assigned[index + 1];
    const range = next === undefined ? null : rangeOf(sentence, entry, next);
    const read = range ?? single(sentence, entry);
    if (read === null) continue;
    const changes =
      range === null &&
      next?.mention === entry.mention &&
      isChange(sentence, entry.numeral, next.numeral);
    const heard = asks ? 'hypothetical' : standing.of(entry.numeral, entry.mention);
    // "A typo, it should read 0.9763" wishes nothing.
    const said = corrects && heard === 'hypothetical' && !asks ? 'stated' : heard;
    // "From 0.92 up to 0.97" names no bound: it is where the change led.
    const leadsTo = entry === reached && said === 'bound' ? 'stated' : said;
    const part: DataPart | null =
      entry.mention.part ??
      (entry === reached ? changed : null) ??
      partFor(index, assigned, parts) ??
      (trains ? 'training' : null);
    if (changes) {
      reached = next;
      changed = part;
    }
    // "99.1 % (training) vs. 97.6 % (test)" compares two figures of one model.
    const isOfBoth =
      leadsTo === 'compared' &&
      part !== null &&
      former !== null &&
      part !== former &&
      !standing.namesAnother(entry.numeral);
    former = part;
    const own = isOfBoth ? 'stated' : changes && leadsTo === 'stated' ? 'former' : leadsTo;
    claims.push({
      ...read,
      part,
      text: about.excerpt ?? excerptOf(text),
      source: about.source ?? 'words',
      printed: about.source === 'output' || about.source === 'bar',
      standing:
        about.standing ??
        (own !== 'stated'
          ? own
          : range !== null
            ? 'range'
            : listed.has(index)
              ? 'alternative'
              : own),
      doubtful: entry.mention.doubtful || read.doubtful,
      ...(corrects && part !== 'training' && part !== 'validation' ? { corrects } : {}),
    });
    if (range !== null) index += 1;
  }
  return claims;
}

/** "Sorry, I meant 0.9763": the new value of whatever was said before; a number below a half is hardly an accuracy. */
function correction(sentence: string, numerals: readonly Numeral[]): Assigned[] | null {
  if (!CORRECTS.test(sentence)) return null;
  const values = numerals.flatMap((numeral): Assigned[] => {
    if (!numeral.fractional && !numeral.percent) return [];
    const fraction = numeral.value / (numeral.percent || numeral.value > 20 ? 100 : 1);
    const topic = numeral.percent || (fraction >= 0.5 && fraction <= 1) ? 'accuracy' : 'loss';
    return [{ numeral, mention: unnamed(topic, numeral.start) }];
  });
  return values.length === 0 ? null : values;
}

/** A metric that no word names. */
function unnamed(topic: Metric, at: number): Mention {
  return { start: at, end: at, topic, part: null, doubtful: true };
}

/** A sentence that names no metric: the pair that `evaluate` returns, or a percentage that was reached. */
function withoutMetric(
  sentence: string,
  mentions: readonly Mention[],
  numerals: readonly Numeral[],
): Assigned[] {
  const pairs = /evaluat/iu.test(sentence) ? sentence.matchAll(PAIR) : [];
  for (const pair of pairs) {
    const inside = numerals.filter(
      ({ start, end }) => start > pair.index && end < pair.index + pair[0].length,
    );
    const [loss, accuracy] = inside;
    if (inside.length === 2 && loss !== undefined && accuracy !== undefined) {
      return [
        { numeral: loss, mention: unnamed('loss', pair.index) },
        { numeral: accuracy, mention: unnamed('accuracy', pair.index) },
      ];
    }
  }
  if (mentions.some(({ topic }) => topic === 'rival')) return [];
  const percentages = numerals.filter(({ percent }) => percent);
  const first = percentages.findIndex(({ start }) =>
    REACHED.test(sentence.slice(Math.max(0, start - 60), start)),
  );
  // "The linear model reached 92.4 %, the hidden one 97.6 %": the verb holds for what follows, too.
  return (first === -1 ? [] : percentages.slice(first))
    .filter(
      ({ start }, index) => index === 0 || !mentions.some((mention) => isSettingOf(mention, start)),
    )
    .map((numeral) => ({ numeral, mention: unnamed('accuracy', numeral.start) }));
}

function isSettingOf({ topic, end }: Mention, start: number): boolean {
  return topic === 'setting' && end <= start && end >= start - SETTING_REACH;
}

type Read = MetricValue & Pick<Claim, 'metric' | 'written' | 'spread' | 'approximate' | 'doubtful'>;

function single(sentence: string, { numeral, mention }: Assigned): Read | null {
  const metric = mention.topic as Metric;
  const read = metricValue(numeral, metric);
  if (read === null) return null;
  const before = sentence.slice(Math.max(0, numeral.start - 30), numeral.start);
  return {
    metric,
    ...read,
    written: numeral.text.trim(),
    spread: 0,
    approximate: APPROXIMATELY.test(before),
    doubtful: metric === 'loss' && numeral.percent,
  };
}

function rangeOf(sentence: string, low: Assigned, high: Assigned): Read | null {
  if (low.mention !== high.mention) return null;
  const { numeral: a } = low;
  const { numeral: b } = high;
  const metric = low.mention.topic as Metric;
  const between = sentence.slice(a.end, b.start);
  const before = sentence.slice(Math.max(0, a.start - 20), a.start);
  const spelled = BETWEEN.test(before) && (AND.test(between) || BETWEEN_ENDS.test(between));
  if (!spelled && (!BETWEEN_ENDS.test(between) || FROM.test(before))) return null;
  const first = metricValue({ ...a, percent: a.percent || b.percent }, metric);
  const second = metricValue(b, metric);
  if (first === null || second === null) return null;
  return {
    metric,
    value: (first.value + second.value) / 2,
    step: Math.max(first.step, second.step),
    written: sentence.slice(a.start, b.end).trim(),
    spread: Math.abs(second.value - first.value) / 2,
    approximate: false,
    doubtful: false,
  };
}

/** The places of numbers that are offered for one metric side by side. */
function alternatives(sentence: string, assigned: readonly Assigned[]): Set<number> {
  const listed = new Set<number>();
  for (const [index, entry] of assigned.entries()) {
    const next = assigned[index + 1];
    if (next === undefined || next.mention !== entry.mention) continue;
    if (!OR.test(sentence.slice(entry.numeral.end, next.numeral.start))) continue;
    listed.add(index);
    listed.add(index + 1);
  }
  return listed;
}

/** Which data a number is about: part words stand before their numbers, or after them, throughout a sentence. */
function partFor(
  index: number,
  assigned: readonly Assigned[],
  parts: readonly PartWord[],
): DataPart | null {
  // "With batch size 128, the validation accuracy was 0.93": settings say nothing of where part words stand.
  const figures = assigned.filter(({ mention }) => isMetric(mention));
  const [first] = figures;
  const entry = assigned[index];
  if (first === undefined || entry === undefined || parts.length === 0) return null;
  const leading = parts.filter(({ end }) => end <= first.numeral.start);
  if (leading.length > 1 && leading.length === parts.length && leading.length === figures.length) {
    return leading[figures.indexOf(entry)]?.part ?? null;
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

/** A text in one line, cut to what a report shows of it. */
export function excerptOf(text: string): string {
  const plain = withoutInvisible(text).trim().replaceAll(/\s+/gu, ' ');
  return plain.length > LONGEST_EXCERPT ? `${plain.slice(0, LONGEST_EXCERPT)}…` : plain;
}
