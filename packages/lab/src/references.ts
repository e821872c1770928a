import type { CheckKinds } from './checks/check-kinds.ts';
import { nearest } from './nearest.ts';
import type { LabIssue, LabParts, Part } from './parts.ts';
import type { Question } from './question.ts';

/** Names in a lab that name nothing in it, or two things. */
export function referenceIssues(parts: LabParts, checks: CheckKinds): LabIssue[] {
  return [
    ...repeatedIds(parts),
    ...parts.questions.flatMap(({ value }, index) =>
      value === null ? [] : questionIssues(value, index, parts, checks),
    ),
  ];
}

function repeatedIds({ exercises, playgrounds, questions }: LabParts): LabIssue[] {
  const numbers = questions.map(({ value }) => (value === null ? null : String(value.number)));
  return [
    ...repeated(exercises.map(idOf), (index, id) => ({
      path: ['exercises', index, 'id'],
      message: `two exercises have the id ${id}`,
      instead: '',
    })),
    ...repeated([...exercises, ...playgrounds].map(idOf), (index, id) => ({
      path: ['playgrounds', index - exercises.length, 'id'],
      message: `an exercise and a playground exercise have the id ${id}`,
      instead: 'Give one of them another id.',
    })).filter(({ path }) => Number(path[1]) >= 0),
    ...repeated(questions.map(idOf), (index, id) => ({
      path: ['questions', index, 'id'],
      message: `two questions have the id ${id}`,
      instead: '',
    })),
    ...repeated(numbers, (index, number) => ({
      path: ['questions', index, 'number'],
      message: `two questions have the number ${number}`,
      instead: '',
    })).filter(({ path }) => !sameIdBefore(questions, Number(path[1]))),
  ];
}

function idOf({ id }: Part<unknown>): string | null {
  return id;
}

function sameIdBefore(parts: readonly Part<unknown>[], index: number): boolean {
  return parts.slice(0, index).some(({ id }) => id !== null && id === parts[index]?.id);
}

function repeated(
  values: readonly (string | null)[],
  issue: (index: number, value: string) => LabIssue,
): LabIssue[] {
  return values.flatMap((value, index) =>
    value !== null && values.indexOf(value) < index ? [issue(index, value)] : [],
  );
}

function questionIssues(
  question: Question,
  index: number,
  parts: LabParts,
  kinds: CheckKinds,
): LabIssue[] {
  const { id, exercise, alternatives = [], checks } = question;
  const path = ['questions', index];
  const exercises = known(parts.exercises);
  const named = [
    ...(exercise === null ? [] : [{ name: exercise, path: [...path, 'exercise'] }]),
    ...alternatives.map((name, at) => ({ name, path: [...path, 'alternatives', at] })),
  ];
  const unknown = named
    .filter(({ name }) => !exercises.includes(name))
    .map(({ name, path }) => ({
      path,
      message: `question ${id} names the exercise "${name}", which this lab does not have`,
      instead: nearest(name, exercises),
    }));
  const needsExercise = checks.some((check) => kinds.needs(check, 'exercise'));
  return [
    ...unknown,
    ...(needsExercise && exercise === null
      ? [
          {
            path: [...path, 'exercise'],
            message: `question ${id} checks a model but names no exercise`,
            instead: whichExercise(exercises),
          },
        ]
      : []),
  ];
}

function whichExercise(exercises: readonly string[]): string {
  const [first, ...others] = exercises;
  if (first === undefined)
    return 'The lab has no exercises: describe the network in lab.yaml, or ask in words.';
  const rest = others.length === 0 ? '' : `, or another of: ${exercises.join(', ')}`;
  return `Write "exercise: ${first}"${rest}.`;
}

function known(parts: readonly Part<unknown>[]): string[] {
  return parts.flatMap(({ id }) => id ?? []);
}
