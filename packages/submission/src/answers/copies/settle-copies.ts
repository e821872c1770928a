import { formOf } from '../../files/answers-files.ts';
import { versionsDiffer } from '../../files/versions.ts';
import type { Refusal } from '../../refusal.ts';
import type { Answer } from '../answer.ts';
import { DocumentText, lettersOf } from './document-text.ts';

/** A document that was read. */
export interface ReadDocument {
  readonly path: string;
  readonly answers: readonly Answer[];
}

/** The answers of several forms of one document, taken once. */
export interface Settled {
  readonly answers: readonly Answer[];
  /** Questions to which they say different things: nobody but a person can tell which counts. */
  readonly contested: ReadonlySet<string>;
  /** Where something is contested, why; else `null`. */
  readonly refusal: Refusal | null;
}

/**
 * Copies of a document by their names ("answers.md", "answers (1).md"). To a question that all of them answer with the same letters
 * and digits, the first one's answer is taken; every other question is contested, and both texts are shown.
 */
export function settleVersions(documents: readonly ReadDocument[]): Settled {
  const contested = new Set<string>();
  const same = new Set<string>();
  for (const question of questionsIn(documents)) {
    const [first = '', ...rest] = documents.map(({ answers }) => lettersTo(question, answers));
    if (first !== '' && rest.every((text) => text === first)) same.add(question);
    else contested.add(question);
  }
  const [first] = documents;
  const answers = documents.flatMap((document) =>
    document.answers.flatMap((answer): Answer[] => {
      if (answer.question !== null && same.has(answer.question)) {
        return document === first ? [answer] : [];
      }
      return [contesting(answer)];
    }),
  );
  return { answers, contested, refusal: refusalOf(documents, contested) };
}

/**
 * A document and its other forms (a notebook and the page or PDF that was exported from it). What an export says that the document
 * says as well is passed over; what only an export answers is taken; where it says something else the question is contested.
 */
export function settleForms(document: ReadDocument, forms: readonly ReadDocument[]): Settled {
  const text = new DocumentText(document.answers);
  const answered = new Set(document.answers.filter(isAnswer).map(({ question }) => question));
  const contested = new Set<string>();
  const added: Answer[] = [];
  const different: ReadDocument[] = [];
  for (const form of forms) {
    for (const answer of form.answers) {
      if (!isAnswer(answer) || answer.question === null || text.holds(answer)) continue;
      added.push(answer);
      if (!answered.has(answer.question)) continue;
      contested.add(answer.question);
      if (!different.includes(form)) different.push(form);
    }
  }
  const answers = [...document.answers, ...added].map((answer): Answer =>
    answer.question !== null && contested.has(answer.question) ? contesting(answer) : answer,
  );
  return { answers, contested, refusal: refusalOf([document, ...different], contested) };
}

/**
 * Answers that stand in several documents: where one holds nothing that a document of a fuller form does not say to the same question,
 * it counts once.
 */
export function withoutRepeats(documents: readonly ReadDocument[]): Answer[] {
  if (documents.length < 2) return documents.flatMap(({ answers }) => answers);
  const fuller = documents
    .map((document, index) => ({ document, index, text: new DocumentText(document.answers) }))
    .toSorted((a, b) => formOf(a.document.path) - formOf(b.document.path) || a.index - b.index);
  return documents.flatMap((document) => {
    const before = fuller.slice(
      0,
      fuller.findIndex((other) => other.document === document),
    );
    return document.answers.filter(
      (answer) =>
        answer.question === null ||
        !isAnswer(answer) ||
        !before.some(
          (other) =>
            other.document.answers.some(
              (one) => one.question === answer.question && isAnswer(one),
            ) && other.text.holds(answer),
        ),
    );
  });
}

/** An answer that belongs to its question no more, as nobody knows whether it counts. */
function contesting(answer: Answer): Answer {
  return answer.question === null
    ? answer
    : { ...answer, question: null, contests: answer.question };
}

function isAnswer({ text, unseen }: Answer): boolean {
  return text !== '' || unseen !== '';
}

function questionsIn(documents: readonly ReadDocument[]): Set<string> {
  return new Set(
    documents.flatMap(({ answers }) =>
      answers.flatMap(({ question }) => (question === null ? [] : [question])),
    ),
  );
}

function lettersTo(question: string, answers: readonly Answer[]): string {
  return answers
    .filter((answer) => answer.question === question)
    .map((answer) => lettersOf(answer))
    .join('');
}

function refusalOf(
  documents: readonly ReadDocument[],
  contested: ReadonlySet<string>,
): Refusal | null {
  if (contested.size === 0) return null;
  return versionsDiffer(
    'the answers',
    documents.map(({ path }) => path),
  );
}
