import type { IdxDataset } from '@labproof/core';
import type { Exercise } from '../exercise.ts';
import type { Lab } from '../lab.ts';
import type { Question } from '../question.ts';
import { INTRODUCTION_FILE } from './lab-folder.ts';
import { breakLines, joinLines } from './paragraphs.ts';
import { fieldsOf } from './question-file.ts';
import { yamlText } from './yaml-text.ts';

/** A file of a lab's folder. */
export interface LabFileText {
  readonly path: string;
  readonly content: string;
}

/** The files of a lab's folder: what `readLab` reads to the very same lab. */
export function labFiles(lab: Lab, datasets: readonly IdxDataset[] = []): readonly LabFileText[] {
  const { introduction, exercises, playgrounds, questions, ...head } = lab;
  const broken = breakLines(introduction);
  const whole = joinLines(broken) === introduction;
  const file = {
    ...head,
    ...(whole ? {} : { introduction }),
    ...(datasets.length === 0 ? {} : { datasets }),
    exercises: exercises.length === 0 ? undefined : exercises.map(writtenExercise),
    playgrounds: playgrounds?.map((exercise) => ({
      ...exercise,
      published: exercise.published ?? undefined,
      sweep: undefined,
    })),
  };
  return [
    { path: 'lab.yaml', content: yamlText(file) },
    ...(whole ? [{ path: INTRODUCTION_FILE, content: broken }] : []),
    ...questions.map((question) => ({
      path: `questions/${question.id}.md`,
      content: questionText(question),
    })),
    ...exercises.flatMap(({ id, bands }) => measured(`bands/${id}.json`, bands)),
    ...(playgrounds ?? []).flatMap(({ id, sweep }) => measured(`sweeps/${id}.json`, sweep)),
  ];
}

function writtenExercise({ id, title, recipe, passing, passMark, published }: Exercise): unknown {
  return {
    id,
    title,
    recipe: { ...recipe, trainLimit: recipe.trainLimit ?? undefined },
    passing,
    passMark,
    published: published ?? undefined,
  };
}

function measured(path: string, value: unknown): LabFileText[] {
  return value === null ? [] : [{ path, content: `${JSON.stringify(value, null, 2)}\n` }];
}

/** The file of a question: its fields, and below them the prompt in lines of a length that can be read. */
function questionText(question: Question): string {
  const { prompt } = question;
  const { title, number, exercise, alternatives, checks, rubric } = fieldsOf(question);
  const broken = breakLines(prompt);
  const whole = prompt === prompt.trim() && prompt !== '' && joinLines(broken) === prompt;
  const fields = yamlText({
    title,
    number,
    exercise: exercise ?? undefined,
    alternatives,
    checks: checks.length === 0 ? undefined : checks,
    rubric,
    prompt: whole ? undefined : prompt,
  });
  return `---\n${fields}---\n${whole ? `\n${broken}\n` : ''}`;
}
