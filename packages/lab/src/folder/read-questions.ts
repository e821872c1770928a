import type { Question } from '../question.ts';
import { compareNames, type Place } from './problem.ts';
import { readFrontMatter } from './front-matter.ts';
import { headOf, type LabSource } from './lab-source.ts';
import { type FieldPath, LocatedYaml } from './located-yaml.ts';
import { joinLines } from './paragraphs.ts';
import { type QuestionFields, questionFrom } from './question-file.ts';
import { valueAt } from './known-fields.ts';

/** A question as far as it could be read, and where its parts stand. */
export interface ReadQuestion {
  readonly id: string | null;
  readonly value: Question | null;
  readonly placeOf: (path: FieldPath) => Place;
}

/** `questions/q3.md`. */
const QUESTION_FILE = /^questions\/(?<id>q[0-9]+[a-z]?)\.md$/u;

const NO_FIELDS = [
  'the fields of the question are missing',
  'Begin it with "---", then title, exercise and checks, then "---", then the prompt.',
] as const;
const UNCLOSED_FIELDS = [
  'the fields of the question have no end',
  'Write a line "---" between them and the prompt.',
] as const;

/** The questions that stand in files of their own, by their numbers. */
export function readQuestionFiles(source: LabSource): readonly ReadQuestion[] {
  return source
    .filesIn('questions')
    .toSorted(compareNames)
    .flatMap((file) => readQuestionFile(source, file))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

function numberOf({ id, value }: ReadQuestion): number {
  return value?.number ?? Number.parseInt(id?.slice(1) ?? '', 10);
}

function readQuestionFile(source: LabSource, file: string): ReadQuestion[] {
  const id = QUESTION_FILE.exec(file)?.groups?.['id'];
  if (id === undefined) {
    const instead = 'Name it by its question, "q3.md", or move it out of this folder.';
    source.report(headOf(file), 'this is no name of a question', instead);
    return [];
  }
  const text = source.text(file);
  const unread = { id, value: null, placeOf: () => headOf(file) };
  if (text === null) return [unread];
  const parts = readFrontMatter(text);
  if (parts === null) {
    const [message, instead] = text.startsWith('---') ? UNCLOSED_FIELDS : NO_FIELDS;
    source.report(headOf(file), message, instead);
    return [unread];
  }
  const yaml = source.yaml(file, parts.fields, 2);
  if (yaml === null) return [unread];
  const fields = source.parse(yaml, source.forms.question, {
    id: 'The name of the file is the id: leave this field out.',
  });
  const body = parts.body.replace(/^\n+|\s+$/gu, '');
  const where = { file, line: parts.bodyLine, column: 1 };
  if (body === '' && valueAt(yaml.value, ['prompt']) === undefined) {
    source.report(where, `question ${id} has no prompt`, 'Write it below the fields.');
  } else if (body !== '' && fields?.prompt !== undefined) {
    const instead = 'Keep the field "prompt" or the text below the fields.';
    source.report(yaml.placeOfKey(['prompt']), `question ${id} has two prompts`, instead);
  }
  const prompt = fields?.prompt ?? joinLines(body);
  return [readQuestion(source, { yaml, path: [], id, fields, prompt })];
}

/** The questions that stand in the lab's own file. */
export function readQuestionEntries(source: LabSource, yaml: LocatedYaml): readonly ReadQuestion[] {
  const entries = valueAt(yaml.value, ['questions']);
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown, index) => {
    const parsed = source.forms.questionEntry.safeParse(entry);
    const written = valueAt(entry, ['id']);
    return readQuestion(source, {
      yaml,
      path: ['questions', index],
      id: typeof written === 'string' ? written : null,
      fields: parsed.success ? parsed.data : null,
      prompt: parsed.success ? parsed.data.prompt : '',
    });
  });
}

function readQuestion(
  source: LabSource,
  read: {
    readonly yaml: LocatedYaml;
    readonly path: FieldPath;
    readonly id: string | null;
    readonly fields: QuestionFields | null;
    readonly prompt: string;
  },
): ReadQuestion {
  const { yaml, path, id, fields, prompt } = read;
  const placeOf = (rest: FieldPath): Place => yaml.placeOf([...path, ...inFile(rest, fields)]);
  if (fields === null || id === null) return { id, value: null, placeOf };
  const question = questionFrom(fields, { id, prompt });
  if (question.checks.length === 0) {
    const message = `question ${id} has neither checks nor a rubric`;
    source.report(
      placeOf([]),
      message,
      'Write "checks:" for what is decided by itself, "rubric:" for what needs manual grading.',
    );
  }
  if (question.number < 1) {
    source.report(
      placeOf(['number']),
      `question ${id} has the number ${question.number}`,
      'Questions are counted from 1.',
    );
  }
  return { id, value: question, placeOf };
}

/** The way in the file to a part of the question: the check that a rubric stands for is the rubric. */
function inFile(path: FieldPath, fields: QuestionFields | null): FieldPath {
  const [list, index, ...rest] = path;
  if (list !== 'checks' || fields === null || typeof index !== 'number') return path;
  if (index < fields.checks.length) return path;
  return ['rubric', ...rest.slice(1)];
}
