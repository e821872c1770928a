import { formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';

/** Scripts that put no spaces between words, so that a whole sentence counts as one. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}\p{sc=Mymr}]{4}/u;

/**
 * Whether a text of so many words says anything new: n words hold at least 2.5 √n different ones, and half of them where
 * that is less. Prose has two to three times as many (65 among 100, 250 among 500); one sentence over and over has fewer.
 */
function isRepetition(words: number, distinct: number): boolean {
  return 4 * distinct * distinct < 25 * words && 2 * distinct < words;
}

/**
 * Has the answer the length that was asked for? Words of prose count; code and output do not. A length that is reached by
 * saying the same words again is left to a person.
 */
export function checkWordCount(
  context: CheckContext,
  { least, most }: { readonly least: number; readonly most?: number | undefined },
): Verdict {
  const range = most === undefined ? `at least ${least}` : `${least} to ${most}`;
  const absent = withoutAnswer(context, `${range} words`);
  if (absent !== null) return absent;
  const words = context.answer?.words ?? 0;
  const evidence = [
    { kind: 'measurement', label: 'Length', value: words, unit: 'words' } as const,
    ...[
      { label: 'Shortest answer', value: least, side: 'lower' as const },
      ...(most === undefined
        ? []
        : [{ label: 'Longest answer', value: most, side: 'upper' as const }]),
    ].map(
      (bound) =>
        ({
          kind: 'bound',
          ...bound,
          unit: 'count',
          source: 'as the question asks',
          n: null,
          coverage: null,
          confidence: null,
        }) as const,
    ),
  ];
  const passed = words >= least && (most === undefined || words <= most);
  const distinct = context.answer?.distinctWords ?? 0;
  if (passed && isRepetition(least, distinct)) {
    return {
      outcome: 'needs-review',
      message: `The answer has ${formatPlural(words, 'word')}, of which only ${distinct} are different; asked are ${range}. Whether it says enough needs manual grading.`,
      advice: 'Write in new words what has not been said.',
      evidence: [
        { kind: 'measurement', label: 'Different words', value: distinct, unit: 'words' },
        ...evidence,
      ],
    };
  }
  if (words < least && UNSPACED.test(context.answer?.prose ?? '')) {
    return {
      outcome: 'needs-review',
      message: `The answer is written without spaces between words, so that they could not be counted; asked are ${range}. Whether it is long enough needs manual grading.`,
      advice: null,
      evidence,
    };
  }
  return {
    outcome: passed ? 'passed' : 'failed',
    message: `The answer has ${formatPlural(words, 'word')}; asked are ${range}.`,
    advice: passed
      ? null
      : words < least
        ? `Write ${formatPlural(least - words, 'word')} more.`
        : `Leave out ${formatPlural(words - (most ?? 0), 'word')}.`,
    evidence,
  };
}
