import { formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';

/** Has the answer the length that was asked for? Words of prose count; code and output do not. */
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
