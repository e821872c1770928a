import type { CheckSpec } from './checks/spec.ts';
import { nearest } from './nearest.ts';
import type { LabIssue, LabParts, Part } from './parts.ts';
import type { Question } from './question.ts';

/** Kinds of checks that look at answers alone. */
const WITHOUT_EXERCISE: ReadonlySet<CheckSpec['kind']> = new Set<CheckSpec['kind']>([
  'number',
  'plot',
  'free-text',
  'word-count',
  'contradiction',
  'claim-against-output',
  'playground-claim',
]);

/** Names in a lab that name nothing in it, or two things. */
export function referenceIssues(parts: LabParts): LabIssue[] {
  return [
    ...repeatedIds(parts),
    ...parts.questions.flatMap(({ value }, index) =>
      value === null ? [] : questionIssues(value, index, parts),
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

function questionIssues(question: Question, index: number, parts: LabParts): LabIssue[] {
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
  const needsExercise = checks.some((check) => !WITHOUT_EXERCISE.has(check.kind));
  return [
    ...unknown,
    ...(needsExercise && exercise === null
      ? [
          {
            path: [...path, 'exercise'],
            message: `question ${id} checks a model but names no exercise`,
            instead: `Write "exercise: ${exercises[0] ?? '…'}", or another of: ${exercises.join(', ')}.`,
          },
        ]
      : []),
    ...checks.flatMap((check, at) => checkIssues(check, [...path, 'checks', at], question, parts)),
  ];
}

function checkIssues(
  check: CheckSpec,
  path: readonly PropertyKey[],
  { id }: Question,
  { questions, playgrounds }: LabParts,
): LabIssue[] {
  if (check.kind === 'contradiction') {
    const others = known(questions).filter((other) => other !== id);
    if (others.includes(check.other)) return [];
    const message = `question ${id} is compared with "${check.other}", which is no other question of this lab`;
    return [{ path: [...path, 'other'], message, instead: nearest(check.other, others) }];
  }
  if (check.kind === 'playground-claim') {
    const ids = known(playgrounds);
    if (ids.includes(check.playground)) return [];
    const message = `question ${id} runs the playground exercise "${check.playground}", which this lab does not have`;
    return [{ path: [...path, 'playground'], message, instead: nearest(check.playground, ids) }];
  }
  return [];
}

function known(parts: readonly Part<unknown>[]): string[] {
  return parts.flatMap(({ id }) => id ?? []);
}
