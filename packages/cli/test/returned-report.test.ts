import { createOracleKernels } from '@labproof/core';
import { type Grade, checkKinds, gradeSubmission, questionOutcome } from '@labproof/grader';
import { Labs } from '@labproof/exercises';
import { type Lab, type RubricItem, isOpenExercise, rubricOf } from '@labproof/lab';
import { PdfPrinter, renderStudentReport } from '@labproof/report';
import { afterAll, describe, expect, it } from 'vitest';
import { pdfBlocks } from '../../submission/src/answers/formats/pdf/blocks.ts';
import { DEFAULT_LIMITS } from '@labproof/submission';
import { filesInMemory } from '../../submission/src/files/submission-files.ts';

const labs = new Labs(checkKinds).list();
const printer = new PdfPrinter();
afterAll(() => printer.close());

const rubricsOf = (lab: Lab): RubricItem[] =>
  lab.questions.flatMap(({ checks }) => checks.flatMap((check) => rubricOf(check)));
const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ').toLowerCase();

/** The lab with other rubrics, published results and networks to design: what must make no difference to a student's page. */
function withOtherKeys(lab: Lab): Lab {
  return {
    ...lab,
    exercises: lab.exercises.map((exercise) => ({
      ...exercise,
      published: null,
      ...(isOpenExercise(exercise, lab, checkKinds) ? { title: 'Zq title' } : {}),
    })),
    questions: lab.questions.map((question) => ({
      ...question,
      checks: question.checks.map((check) =>
        rubricOf(check).length === 0
          ? check
          : {
              ...check,
              rubric: rubricOf(check).map(({ points }, index) => ({
                concept: `zq concept ${index}`,
                lookFor: `zq look for ${index}`,
                points,
                words: ['zqword'],
              })),
            },
      ),
    })),
  };
}

/** Answers in which some concepts are found, some only negated, and some not. */
function answersTo(lab: Lab): string {
  return lab.questions
    .map(({ number, title, checks }) => {
      const words = checks.flatMap((check) => rubricOf(check).flatMap((item) => item.words ?? []));
      const said = words.map((word, index) =>
        index % 3 === 0 ? `We saw ${word} here.` : index % 3 === 1 ? `It was not ${word}.` : '',
      );
      return `## Question ${number}: ${title}\n\nWe wrote this down. ${said.join(' ')}\n`;
    })
    .join('\n');
}

async function graded(lab: Lab, answers: string): Promise<Grade> {
  return gradeSubmission({
    lab,
    files: filesInMemory(new Map([['answers.md', new TextEncoder().encode(answers)]])),
    kernels: createOracleKernels(),
    datasets: new Map(),
    student: 'amy',
    name: 'Amy Doe',
  });
}

/** The grade after somebody has read everything. */
function settled(grade: Grade, lab: Lab): Grade {
  const outcomes = grade.outcomes.map((outcome, index) => {
    const question = lab.questions[index];
    if (question === undefined) throw new Error('another lab');
    return questionOutcome(
      question,
      outcome.checks.map((check) =>
        check.outcome === 'needs-review'
          ? {
              ...check,
              outcome: 'failed',
              points: 0,
              message: `A person gave 0 of ${check.max} points.`,
              evidence: [
                { kind: 'text', label: 'Comment of the reader', text: 'Look again.' },
                ...check.evidence,
              ],
            }
          : check,
      ),
    );
  });
  return { ...grade, status: 'final', pending: 0, outcomes };
}

const page = (lab: Lab, grade: Grade, audience: 'student' | 'instructor' = 'student'): string =>
  renderStudentReport({ grade, lab, misclassifiedImages: {}, audience });

describe.each(labs.map((lab) => [lab.id, lab] as const))('a report of %s', (_, lab) => {
  const answers = answersTo(lab);

  it.each([
    ['while it waits for a reader', (grade: Grade): Grade => grade],
    ['after it was read', settled],
  ])('is the same page for its student whatever the keys are, %s', async (_name, state) => {
    const other = withOtherKeys(lab);
    const [own, others] = [await graded(lab, answers), await graded(other, answers)];
    const html = page(lab, state(own, lab));
    expect(html).toBe(page(other, state(others, other)));
    for (const { lookFor } of rubricsOf(lab)) expect(flat(html)).not.toContain(flat(lookFor));
    if (rubricsOf(lab).length === 0) return;
    // The instructor's does show them, so the keys would be seen.
    expect(page(lab, state(own, lab), 'instructor')).not.toBe(html);
  });

  it('keeps what a reader wrote for the student', async () => {
    const grade = settled(await graded(lab, answers), lab);
    const commented = JSON.stringify(grade).includes('Look again.');
    expect(page(lab, grade).includes('Look again.')).toBe(commented);
  });
});

it('prints nothing of the keys into the PDF either', async () => {
  const lab = new Labs(checkKinds).find('image-recognition');
  const grade = await graded(lab, answersTo(lab));
  await printer.open();
  const pdf = await printer.print(page(lab, grade), { title: 'amy' });
  const blocks = await pdfBlocks(pdf, 'report.pdf', DEFAULT_LIMITS.answers);
  const student = flat(blocks.map(({ source }) => source).join(' '));
  const instructor = flat(page(lab, grade, 'instructor'));
  const looked = rubricsOf(lab).map(({ lookFor }) => flat(lookFor).slice(0, 40));
  expect(looked.length).toBeGreaterThan(5);
  expect(looked.filter((text) => student.includes(text))).toEqual([]);
  expect(looked.filter((text) => instructor.includes(text)).length).toBeGreaterThan(
    looked.length / 2,
  );
  // What is printed would be found in it.
  const titles = lab.questions.map(({ title }) => flat(title).slice(0, 40));
  expect(titles.filter((text) => student.includes(text)).length).toBeGreaterThan(titles.length / 2);
  expect(student).not.toMatch(/rubric|what a reader looks for|words suggest|search:/u);
});
