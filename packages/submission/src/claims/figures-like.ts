import { readable } from '../text/readable.ts';
import type { Claim, Metric } from './claim.ts';
import { isLevel } from './levels.ts';
import { metricValue } from './metric-value.ts';
import { findNumerals } from './numeral.ts';
import { excerptOf } from './sentence-claims.ts';
import { sentencesOf } from './sentences.ts';

/** Prose beyond this is read by people. */
const LONGEST = 100_000;
const MOST = 500;

/**
 * Every number of some prose that could be a value of a metric by its size, whatever stands around it. Before a figure costs
 * a point, a check looks whether another one was meant.
 */
export function figuresLike(prose: string, metric: Metric): Claim[] {
  const found: Claim[] = [];
  for (const text of sentencesOf(prose.slice(0, LONGEST))) {
    const sentence = readable(text);
    for (const numeral of findNumerals(sentence)) {
      if (found.length === MOST) return found;
      const read = isLevel(sentence, numeral) ? metricValue(numeral, metric) : null;
      if (read === null) continue;
      found.push({
        metric,
        ...read,
        text: excerptOf(text),
        written: numeral.text.trim(),
        spread: 0,
        approximate: false,
        part: null,
        printed: false,
        source: 'words',
        standing: 'stated',
        doubtful: true,
      });
    }
  }
  return found;
}
