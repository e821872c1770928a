import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  null: 'nothing',
};

/** What a type of a schema is called in a sentence. */
export function kindText(expected: string): string {
  return KINDS[expected] ?? expected;
}

/** What a schema has against data, for the middle of a sentence: each field by its name, and what it must be. */
export function issuesText(issues: readonly Issue[]): string {
  return issues.map(issueText).join('; ');
}

function issueText(issue: Issue): string {
  const name = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys.map((key) => `there is no field "${key}"`).join(', ')}${issue.path.length === 0 ? '' : ` in ${name}`}`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? `${name} is missing`
        : `${name} must be ${kindText(issue.expected)}`;
    case 'invalid_value':
      return `${name} must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      // What the alternative says that got furthest into the data.
      return issuesText(
        furthest(issue.errors).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
      );
    case 'too_small':
      return bounded(
        name,
        issue.origin,
        issue.inclusive === false ? 'more than' : 'at least',
        issue.minimum,
      );
    case 'too_big':
      return bounded(
        name,
        issue.origin,
        issue.inclusive === false ? 'less than' : 'at most',
        issue.maximum,
      );
    default:
      return issue.path.length === 0 ? issue.message : `${name}: ${issue.message}`;
  }
}

function furthest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number =>
    Math.min(...issues.map(({ path }) => path.length));
  const [best = []] = alternatives.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return best;
}

function bounded(name: string, origin: string, words: string, bound: number | bigint): string {
  if (origin === 'string') return `${name} must have ${words} ${counted(bound, 'character')}`;
  if (origin === 'array') return `${name} must have ${words} ${counted(bound, 'item')}`;
  return `${name} must be ${words} ${bound}`;
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the whole' : `"${path.map(String).join('.')}"`;
}

function counted(bound: number | bigint, one: string): string {
  return `${bound} ${one}${Number(bound) === 1 ? '' : 's'}`;
}
