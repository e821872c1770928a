import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../src/answers/answer.ts';
import { answerTo } from '../src/answers/merge-answers.ts';
import { readAnswerFile } from '../src/answers/read-answer-file.ts';
import { readAnswers } from '../src/answers/read-answers.ts';
import type { CodeModel } from '../src/code/code-model.ts';
import { identify } from '../src/files/identify.ts';
import { filesInMemory } from '../src/files/submission-files.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';

const ROOT = new URL('../../../fixtures/answers/', import.meta.url).pathname;

/** What a person says that is in the file; what is not said is not compared. */
const ExpectedSchema = z.strictObject({
  format: z.string().optional(),
  refused: z.array(z.string()).default([]),
  /** Compare the answers as they are graded: one for each question. */
  merged: z.boolean().default(false),
  answers: z.array(
    z.strictObject({
      question: z.string().nullable(),
      heading: z.string().optional(),
      text: z.string().optional(),
      words: z.number().optional(),
      /** "metric value part", with a star for what a program printed. */
      claims: z.array(z.string()).optional(),
      seconds: z.array(z.number()).optional(),
      images: z.array(z.string()).optional(),
      confidence: z.enum(['sure', 'likely', 'doubtful']).optional(),
      code: z
        .array(z.strictObject({ language: z.string(), models: z.array(z.string()) }))
        .optional(),
    }),
  ),
  histories: z
    .array(
      z.strictObject({
        question: z.string().nullable(),
        planned: z.number().nullable(),
        run: z.number(),
        epochs: z.number(),
        stopped: z.string().nullable(),
        /** Loss, accuracy, validation loss and validation accuracy of the last epoch that is told. */
        last: z.array(z.number().nullable()),
        seconds: z.number().optional(),
      }),
    )
    .optional(),
  found: z.record(z.string(), z.string()).optional(),
});
type Expected = z.infer<typeof ExpectedSchema>;
type ExpectedAnswer = Expected['answers'][number];

const names = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

describe('answers in every format and style', () => {
  it.each(names)('%s', async (name) => {
    const folder = join(ROOT, name, 'submission');
    const files = filesInMemory(
      new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))])),
    );
    const expected = ExpectedSchema.parse(
      JSON.parse(readFileSync(join(ROOT, name, 'expected.json'), 'utf8')),
    );
    const identified = identify(files, lab, kinds);
    const { answers, refusals } = await readAnswers(
      identified.answers,
      lab,
      kinds,
      DEFAULT_LIMITS.answers,
    );
    expect(refusals.map(({ code }) => code)).toEqual(expected.refused);
    const shown = expected.merged
      ? lab.questions.flatMap((question) => answerTo(question, answers) ?? [])
      : answers;
    expect(shown.map((answer, index) => stated(answer, expected.answers[index]))).toEqual(
      expected.answers,
    );
    if (expected.histories !== undefined) {
      expect(historiesOf(answers, expected.histories)).toEqual(expected.histories);
    } else {
      expect(answers.flatMap(({ histories }) => histories)).toEqual([]);
    }
    for (const [path, role] of Object.entries(expected.found ?? {})) {
      expect(identified.found.find((file) => file.path === path)?.role).toBe(role);
    }
    if (expected.format !== undefined) {
      const [file] = identified.answers;
      const { format } = await readAnswerFile(
        file?.path ?? '',
        file?.file?.read() ?? new Uint8Array(),
        lab,
        kinds,
        DEFAULT_LIMITS.answers,
      );
      expect(format).toBe(expected.format);
    }
  });
});

/** An answer in the words of `expected.json`, as far as that says something. */
function stated(answer: Answer, expected: ExpectedAnswer | undefined): ExpectedAnswer {
  const whole: Required<ExpectedAnswer> = {
    question: answer.question,
    heading: answer.heading,
    text: answer.text.replaceAll(/\s+/gu, ' ').trim(),
    words: answer.words,
    claims: answer.claims.map(({ metric, value, part, printed }) =>
      [metric, Number(value.toFixed(12)), part, printed ? '*' : null]
        .filter((piece) => piece !== null)
        .join(' '),
    ),
    seconds: answer.durations.map(({ seconds }) => seconds),
    images: answer.images.map(({ target }) => (target.startsWith('data:') ? 'embedded' : target)),
    confidence:
      answer.confidence >= 0.95 ? 'sure' : answer.confidence >= 0.65 ? 'likely' : 'doubtful',
    code: answer.code
      .filter(({ models }) => models.length > 0)
      .map(({ language, models }) => ({ language, models: models.map(described) })),
  };
  const keys = new Set(Object.keys(expected ?? {}));
  return Object.fromEntries(
    Object.entries(whole).filter(([key]) => keys.has(key)),
  ) as unknown as ExpectedAnswer;
}

/** "model: Dense Dense; SGD categorical_crossentropy; fit 32 5" */
function described({ name, model, optimizer, loss, fits }: CodeModel): string {
  const layers = model === null ? '?' : model.layers.map((layer) => layer.class_name).join(' ');
  const compiled = optimizer === null ? '' : `; ${optimizer.className} ${loss}`;
  const trained = fits.map(({ batchSize, epochs }) => `; fit ${batchSize} ${epochs}`).join('');
  return `${name}: ${layers}${compiled}${trained}`;
}

function historiesOf(
  answers: readonly Answer[],
  expected: NonNullable<Expected['histories']>,
): Expected['histories'] {
  const all = answers.flatMap(({ question, histories }) =>
    histories.map((history) => ({ question, history })),
  );
  return all.map(({ question, history }, index) => {
    const last = history.epochs.at(-1);
    return {
      question,
      planned: history.planned,
      run: history.run,
      epochs: history.epochs.length,
      stopped: history.stopped,
      last: [
        last?.loss ?? null,
        last?.accuracy ?? null,
        last?.valLoss ?? null,
        last?.valAccuracy ?? null,
      ],
      ...(expected[index]?.seconds === undefined
        ? {}
        : { seconds: Number((history.secondsPerEpoch ?? 0).toFixed(6)) }),
    };
  });
}
