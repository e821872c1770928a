import type { Lab } from '@labproof/lab';
import type { Answer } from '../answer.ts';

/** `1a.py`, `q3.md`, `Q03_history.R`, `question-12.txt`, `opdracht 4.docx`; the path's last part. */
const NUMBERED =
  /^(?:q|question|vraag|opdracht|exercise|ex|answer|ans|a|task|part|solution)?[\s_.-]*0*(?<number>[1-9]\d?)(?<letter>[a-h])?(?![\p{L}\p{N}])/iu;

/** A file's own question, where its name carries a number that the lab has. */
export function questionOfFile(
  path: string,
  lab: Lab,
): Pick<Answer, 'question' | 'confidence' | 'why'> | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { number, letter } = NUMBERED.exec(name)?.groups ?? {};
  if (number === undefined) return null;
  const found =
    lab.questions.find(({ id }) => id === `q${number}${letter?.toLowerCase() ?? ''}`) ??
    lab.questions.find((question) => question.number === Number(number));
  return found === undefined
    ? null
    : { question: found.id, confidence: 0.7, why: `the number in the name of ${name}` };
}
