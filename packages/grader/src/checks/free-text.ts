import type { Evidence } from '../grade.ts';
import { formatPlural } from '../format.ts';
import { type CheckContext, type SpecOf, type Verdict, withoutAnswer } from './check.ts';

/** Hands a written answer to a human, with the rubric; only an empty one is decided here. */
export function checkFreeText(spec: SpecOf<'free-text'>, context: CheckContext): Verdict {
  const absent = withoutAnswer(context, 'your answer');
  if (absent !== null) return absent;
  const { answer } = context;
  const words = answer?.words ?? 0;
  const evidence: Evidence[] = [
    ...(answer === null || answer.text === ''
      ? []
      : [{ kind: 'text', label: 'Answer', text: answer.text } as const]),
    { kind: 'measurement', label: 'Length', value: words, unit: 'words' },
    { kind: 'rubric', items: spec.rubric.map((item) => ({ ...item })) },
  ];
  const doubt =
    answer !== null && answer.confidence < CERTAIN
      ? ` It was taken for this question by ${answer.why}.`
      : '';
  return {
    outcome: 'needs-review',
    message: `The answer has ${formatPlural(words, 'word')} and waits for a person to read it with the rubric.${doubt}`,
    advice: null,
    evidence,
  };
}

/** Below this the way in which the answer was matched is told. */
const CERTAIN = 0.75;
