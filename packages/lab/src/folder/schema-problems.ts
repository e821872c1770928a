import type { z } from 'zod';
import { closestName } from '@labproof/core';
import { nearest } from '../nearest.ts';
import { wordsFor } from './issue-words.ts';
import { childOf, knownFields, valueAt } from './known-fields.ts';
import type { FieldPath, LocatedYaml } from './located-yaml.ts';
import type { LabProblem } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** What a schema is applied to: a part of a file. */
export interface FilePart {
  readonly yaml: LocatedYaml;
  /** The way from the file's root to the part. */
  readonly path: FieldPath;
  readonly schema: z.ZodType;
  /** What to do about fields that authors expect and there are not, by name. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** The issues of a schema in words, each with its place in the file. */
export function schemaProblems(part: FilePart, issues: readonly Issue[]): LabProblem[] {
  return issues
    .filter((issue) => !isMisspelt(part, issue, issues))
    .flatMap((issue) => issueProblems(part, issue));
}

/** Whether a field is missing only because its name is misspelt, which is said of the name. */
function isMisspelt(part: FilePart, issue: Issue, issues: readonly Issue[]): boolean {
  const path = [...part.path, ...issue.path];
  const name = issue.path.at(-1);
  if (typeof name !== 'string' || valueAt(part.yaml.value, path) !== undefined) return false;
  const parent = JSON.stringify(issue.path.slice(0, -1));
  return issues.some(
    (other) =>
      other.code === 'unrecognized_keys' &&
      JSON.stringify(other.path) === parent &&
      other.keys.some((key) => closestName(key, freeFields(part, other.path)) === name),
  );
}

/** The fields that a group could have and has not. */
function freeFields({ yaml, path, schema }: FilePart, rest: FieldPath): string[] {
  const group = valueAt(yaml.value, [...path, ...rest]);
  const known = knownFields(schema, rest, valueAt(yaml.value, path));
  return known.filter((name) => childOf(group, name) === undefined);
}

function issueProblems(part: FilePart, issue: Issue): LabProblem[] {
  const { yaml } = part;
  const path = [...part.path, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const free = freeFields(part, issue.path);
    return issue.keys.map((key) => ({
      ...yaml.placeOfKey([...path, key]),
      message: `there is no field "${key}" here`,
      instead: part.hints?.[key] ?? nearest(key, free),
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closest = []] = issue.errors.toSorted(
      (a, b) => depth(b) - depth(a) || a.length - b.length,
    );
    return closest.flatMap((inner) =>
      issueProblems(part, { ...inner, path: [...issue.path, ...inner.path] }),
    );
  }
  return [{ ...yaml.placeOf(path), ...wordsFor(yaml, issue, path) }];
}

/** How far into the value an alternative could follow before it found something wrong. */
function depth(issues: readonly Issue[]): number {
  return Math.min(...issues.map(({ path }) => path.length));
}
