import { formatDecimal } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';

/** Does the answer state a time? Its size depends on the student's machine and is not judged. */
export function checkNumber(context: CheckContext): Verdict {
  const absent = withoutAnswer(context, 'the time in seconds');
  if (absent !== null) return absent;
  const { answer } = context;
  const [duration] = answer?.durations ?? [];
  if (duration !== undefined) {
    return {
      outcome: 'passed',
      message: `The answer states ${formatDecimal(duration.seconds, 3)} seconds. How long it takes depends on the machine, so the size of the number is not judged.`,
      advice: null,
      evidence: [
        { kind: 'text', label: 'Read in the answer', text: duration.text },
        { kind: 'measurement', label: 'Stated', value: duration.seconds, unit: 'seconds' },
      ],
    };
  }
  const readable =
    answer !== null &&
    (answer.hasOtherNumbers || answer.images.length > 0 || answer.code.length > 0);
  return readable
    ? {
        outcome: 'needs-review',
        message:
          'No number with a unit of time could be read in the answer; it needs manual grading.',
        advice: 'Write the number with its unit, for example "about 5 seconds an epoch".',
        evidence: [],
      }
    : {
        outcome: 'failed',
        message: 'The answer states no time.',
        advice: 'Write down how many seconds it took, for example "about 5 seconds an epoch".',
        evidence: [],
      };
}
