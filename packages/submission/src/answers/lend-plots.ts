import type { CheckKinds, Lab } from '@labproof/lab';
import type { Answer } from './answer.ts';

/**
 * Some draw the plot first and write the question's heading below it. Where an answer to a question that asks for a
 * plot shows none, and the text directly before it ends in pictures that its own question does not ask for, those
 * pictures count for both.
 */
export function lendPlots(answers: readonly Answer[], lab: Lab, kinds: CheckKinds): Answer[] {
  const plots = new Set<string | null>(
    lab.questions
      .filter(({ checks }) => checks.some((check) => kinds.needs(check, 'pictures')))
      .map(({ id }) => id),
  );
  const shown = new Set(
    answers.filter(({ images }) => images.length > 0).map(({ question }) => question),
  );
  return answers.map((answer, index) => {
    const { question } = answer;
    const previous = answers[index - 1];
    if (question === null || previous === undefined || shown.has(question)) return answer;
    if (!plots.has(question) || plots.has(previous.question)) return answer;
    const last = previous.images.at(-1);
    if (last === undefined || !endsInPicture(previous.text)) return answer;
    return {
      ...answer,
      images: [last],
      confidence: Math.min(answer.confidence, LENT),
      why: `${answer.why}; the picture stands above its heading`,
    };
  });
}

const LENT = 0.6;

function endsInPicture(text: string): boolean {
  const end = text.slice(-400).trimEnd();
  return (
    /^!\[(?:[^\]]*\]\([^)]*\)|\[[^\]]*\]\])$/u.test(from(end, '![')) ||
    /^<img\b[^>]*>$/u.test(from(end, '<img'))
  );
}

/** The text from the last `sign` on. */
function from(text: string, sign: string): string {
  const start = text.lastIndexOf(sign);
  return start < 0 ? '' : text.slice(start);
}
