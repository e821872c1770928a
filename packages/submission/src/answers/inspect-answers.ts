import { CheckKinds, type Lab } from '@labproof/lab';
import type { Answer } from './answer.ts';
import type { AnswersFormat } from '../files/answers-format.ts';
import type { DataPart, Metric, Standing } from '../claims/claim.ts';
import { ANSWERS_LIMITS } from './formats/limits.ts';
import { OPEN_LAB } from './questions/open-lab.ts';
import { readAnswerFile } from './read-answer-file.ts';
import type { CodeModel } from '../code/code-model.ts';
import { type Refusal, readOrRefuseLater } from '../refusal.ts';
import type { PrintedHistory } from '../histories/printed-history.ts';

/** What is read in one file of answers, as `labproof inspect --json` prints it. */
export interface AnswersInspection {
  readonly kind: 'answers';
  readonly format: AnswersFormat;
  readonly answers: readonly InspectedAnswer[];
  /** Training logs that are printed in the file, with the question under which each begins. */
  readonly histories: readonly (PrintedHistory & { readonly question: string | null })[];
}

interface InspectedAnswer {
  /** Id of the question; without a lab, `q` and the number that the file itself gives. */
  readonly question: string | null;
  readonly heading: string;
  readonly text: string;
  readonly claims: readonly {
    readonly metric: Metric;
    readonly value: number;
    readonly text: string;
    readonly part: DataPart | null;
    readonly printed: boolean;
  }[];
  /** Figures that are no claims, and why: "hypothetical", "quoted", … */
  readonly asides: readonly {
    readonly metric: Metric;
    readonly value: number;
    readonly text: string;
    readonly why: Standing;
  }[];
  readonly code: readonly {
    readonly language: string;
    /** The first network that the code deals with. */
    readonly model: CodeModel | null;
    readonly models: readonly CodeModel[];
  }[];
  /** Where pictures are, as written; embedded ones by their type. */
  readonly images: readonly string[];
  readonly words: number;
  readonly confidence: number;
  readonly why: string;
}

/** A file that cannot be read, and what to do about it. */
export interface RefusedAnswers {
  readonly kind: 'answers';
  readonly refused: Refusal;
}

const UNKNOWN = { lab: OPEN_LAB, kinds: CheckKinds.unexamined };

/**
 * Tells what is read in one file of answers. With a lab, its questions are matched by number and by text; without one,
 * the file's own labels count. Nothing in the file is run or opened.
 */
export async function inspectAnswers(
  path: string,
  bytes: Uint8Array,
  against: { readonly lab: Lab; readonly kinds: CheckKinds } = UNKNOWN,
): Promise<AnswersInspection | RefusedAnswers> {
  const { value, refused } = await readOrRefuseLater(() =>
    readAnswerFile(path, bytes, against.lab, against.kinds, ANSWERS_LIMITS),
  );
  if (refused !== null) return { kind: 'answers', refused };
  const { format, answers } = value;
  return {
    kind: 'answers',
    format,
    answers: answers.map((answer) => inspected(answer)),
    histories: answers.flatMap(({ question, histories }) =>
      histories.map((history) => ({ question, ...history })),
    ),
  };
}

function inspected(answer: Answer): InspectedAnswer {
  const { question, heading, text, claims, asides, code, images, words, confidence, why } = answer;
  return {
    question,
    heading,
    text,
    claims: claims.map(({ metric, value, text: excerpt, part, printed }) => ({
      metric,
      value,
      text: excerpt,
      part,
      printed,
    })),
    asides: asides.map(({ metric, value, text: excerpt, standing }) => ({
      metric,
      value,
      text: excerpt,
      why: standing,
    })),
    code: code.map(({ language, models }) => ({ language, model: models[0] ?? null, models })),
    images: images.map(({ target }) => shownTarget(target)),
    words,
    confidence,
    why,
  };
}

const LONGEST_TARGET = 300;

function shownTarget(target: string): string {
  const embedded = /^data:(?<type>image\/[a-z+.-]{1,20})/iu.exec(target)?.groups?.['type'];
  return embedded === undefined ? target.slice(0, LONGEST_TARGET) : `embedded ${embedded}`;
}
