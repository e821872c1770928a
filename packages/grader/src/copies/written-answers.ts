import type { Lab } from '@labproof/lab';
import { shinglesOf } from './shingles.ts';

/** What of a submission is compared by its wording. */
export interface Written {
  readonly student: string;
  readonly answers: readonly { readonly question: string | null; readonly text: string }[];
}

/** One answer, and the word sequences in it that the lab did not hand out. */
export interface WrittenAnswer {
  readonly student: string;
  readonly question: string;
  readonly text: string;
  readonly own: ReadonlySet<number>;
}

const LONGEST_TEXT = 50_000;

/** All answers to the questions of a lab, by question and student. */
export function writtenAnswers(lab: Lab, submissions: readonly Written[]): WrittenAnswer[] {
  const given = shinglesOf(
    [lab.introduction, ...lab.questions.flatMap(({ title, prompt }) => [title, prompt])].join(
      '\n\n',
    ),
  );
  return lab.questions.flatMap(({ id }) =>
    submissions.flatMap(({ student, answers }): WrittenAnswer[] => {
      const text = answers
        .filter((answer) => answer.question === id)
        .map((answer) => answer.text)
        .join('\n')
        .slice(0, LONGEST_TEXT);
      const own = new Set([...shinglesOf(text)].filter((shingle) => !given.has(shingle)));
      return own.size === 0 ? [] : [{ student, question: id, text, own }];
    }),
  );
}
