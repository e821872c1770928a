import type { RubricItem } from '@labproof/lab';
import type { Evidence } from '../../grade/evidence.ts';
import { formatDecimal, formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { findConcept } from './concept-search.ts';

type RubricEvidence = Extract<Evidence, { kind: 'rubric' }>;

/**
 * Hands a written answer to a human, with the rubric and what a search for its words suggests; only an empty one is
 * decided here.
 */
export function checkFreeText(
  context: CheckContext,
  { rubric }: { readonly rubric: readonly RubricItem[] },
): Verdict {
  const absent = withoutAnswer(context, 'your answer');
  if (absent !== null) return absent;
  const { answer } = context;
  const words = answer?.words ?? 0;
  const items = searched(rubric, answer?.text ?? '');
  const evidence: Evidence[] = [
    ...(answer === null || answer.text === ''
      ? []
      : [{ kind: 'text', label: 'Answer', text: answer.text } as const]),
    { kind: 'measurement', label: 'Length', value: words, unit: 'words' },
    { kind: 'rubric', items },
  ];
  const doubt =
    answer !== null && answer.confidence < CERTAIN
      ? ` It was taken for this question by ${answer.why}.`
      : '';
  return {
    outcome: 'needs-review',
    message: `The answer has ${formatPlural(words, 'word')} and needs manual grading by the rubric.${suggestion(items)}${doubt}`,
    advice: null,
    evidence,
  };
}

/** Below this the way in which the answer was matched is told. */
const CERTAIN = 0.75;

function searched(rubric: readonly RubricItem[], text: string): RubricEvidence['items'] {
  return rubric.map(({ concept, points, lookFor, words }) => {
    if (words === undefined) return { concept, points, lookFor };
    const { met, where } = findConcept(text, words);
    return { concept, points, lookFor, met, ...(where === '' ? {} : { where }) };
  });
}

function suggestion(items: RubricEvidence['items']): string {
  const looked = items.filter(({ met }) => met !== undefined);
  if (looked.length === 0) return '';
  const found = looked.filter(({ met }) => met === 'found');
  const points = found.reduce((sum, item) => sum + item.points, 0);
  const missing = looked.filter(({ met }) => met !== 'found');
  const without =
    missing.length === 0
      ? ''
      : `; not found: ${missing.map(({ concept, met }) => (met === 'negated' ? `${concept} (only negated)` : concept)).join(', ')}`;
  return ` Its words suggest ${formatDecimal(points)} of ${formatPlural(
    looked.reduce((sum, item) => sum + item.points, 0),
    'point',
  )}${without}.`;
}
