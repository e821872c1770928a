import { kindText } from '@labproof/core';
import type { z } from 'zod';
import { PASSING_HINTS } from '../passing.ts';
import { nearest } from '../nearest.ts';
import type { FieldPath, LocatedYaml } from './located-yaml.ts';
import { valueAt } from './known-fields.ts';
import type { LabProblem } from './problem.ts';

type Issue = z.core.$ZodIssue;
type Words = Pick<LabProblem, 'message' | 'instead'>;

const ID_HINT = 'Write small letters and digits, with "-" between words.';

/** What an issue of a schema is called to an author: the field by its name, what it is, and what it must be. */
export function wordsFor(yaml: LocatedYaml, issue: Issue, path: FieldPath): Words {
  const name = nameOf(path);
  const value = valueAt(yaml.value, path);
  if (value === undefined) return missing(name, issue);
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(name, value, issue.expected, yaml.sourceOf(path));
    case 'invalid_value':
      return notOneOf(name, value, issue.values.map(String));
    case 'invalid_union':
      return notOneOf(name, value, optionsOf(issue));
    case 'invalid_format':
      return { message: `${name} is ${shown(value)}`, instead: formatHint(path) };
    case 'too_small':
      return outOfBounds(name, value, ['at least', 'more than'], issue.minimum, issue.inclusive);
    case 'too_big':
      return outOfBounds(name, value, ['at most', 'less than'], issue.maximum, issue.inclusive);
    default:
      return { message: issue.message, instead: '' };
  }
}

function missing(name: string, issue: Issue): Words {
  const options = issue.code === 'invalid_value' ? issue.values.map(String) : optionsOf(issue);
  const what = options.length > 0 ? `one of ${options.join(', ')}` : '…';
  return {
    message: `${name} is missing`,
    instead: `Write "${name.replaceAll('"', '')}: ${what}".`,
  };
}

function optionsOf(issue: Issue): string[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

function wrongType(name: string, value: unknown, expected: string, source: string | null): Words {
  const message = `${name} is ${shown(value)} and must be ${kindText(expected)}`;
  const single = typeof value === 'number' || typeof value === 'boolean';
  const instead =
    expected === 'string' && single ? `Put it in quotes: "${source ?? String(value)}".` : '';
  return { message, instead };
}

function notOneOf(name: string, value: unknown, known: readonly string[]): Words {
  return {
    message: `${name} cannot be ${shown(value)}`,
    instead: nearest(String(value), known),
  };
}

function formatHint(path: FieldPath): string {
  const field = path.at(-1);
  if (path.at(-2) === 'passing' && (field === 'honest' || field === 'worse')) {
    return PASSING_HINTS[field];
  }
  if (field === 'selfCheckPage') return 'Write the whole address, with https:// in front.';
  if (path.at(-1) === 'id' && path.includes('questions')) return 'Write "q" and a number: q3.';
  return path.at(-1) === 'id' ? ID_HINT : '';
}

function outOfBounds(
  name: string,
  value: unknown,
  words: readonly [inclusive: string, exclusive: string],
  bound: number | bigint,
  inclusive = true,
): Words {
  const limit = `${words[inclusive ? 0 : 1]} ${bound}`;
  if (Array.isArray(value)) {
    return { message: `${name} has ${value.length} items and must have ${limit}`, instead: '' };
  }
  const message =
    typeof value === 'string'
      ? `${name} has ${value.length} characters and must have ${limit}`
      : `${name} is ${shown(value)} and must be ${limit}`;
  return { message, instead: '' };
}

/** `"points"`; an item of a list by its list's name and its number counted from 1. */
function nameOf(path: FieldPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'this';
  if (typeof last === 'number') return `item ${last + 1} of ${nameOf(path.slice(0, -1))}`;
  return `"${String(last)}"`;
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of fields' : String(value);
}
