import type { LabproofError } from '@labproof/core';
import { labErrors } from '../errors.ts';

/** Where in a file something stands. Lines and columns are counted from 1. */
export interface Place {
  /** Below the lab's folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something in the files of a lab that is wrong, or that its author should know. */
export interface LabProblem extends Place {
  /** What is wrong, as a sentence without a capital or a full stop. */
  readonly message: string;
  /** What to write instead, as a sentence; empty where the message says it. */
  readonly instead: string;
}

/** Problems in the order of their files, lines and columns; what is said twice of one place is said once. */
export function inOrder(problems: readonly LabProblem[]): readonly LabProblem[] {
  const sorted = problems.toSorted(
    (a, b) => compareNames(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
  const seen = new Set<string>();
  return sorted.filter((problem) => {
    const key = JSON.stringify([problem.file, problem.line, problem.column, problem.message]);
    return seen.size !== seen.add(key).size;
  });
}

/** `questions/q3.md:7:11: what is wrong. What to write instead.`, the form that editors make a link of. */
export function problemText({ file, line, column, message, instead }: LabProblem): string {
  return `${file}:${line}:${column}: ${message}.${instead === '' ? '' : ` ${instead}`}`;
}

/** Names in the order of their code units, numbers in them by value: `q2` before `q10`. No locale has a say. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+|\D+/gu) ?? []);
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    const difference = Number(part) - Number(other);
    if (!Number.isNaN(difference) && difference !== 0) return difference;
    return part < other ? -1 : 1;
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}

/** The problems of a lab as one text, and after them the notes: what is not wrong and may matter all the same. */
export function problemList(
  name: string,
  problems: readonly string[],
  notes: readonly string[] = [],
): string {
  const list = (texts: readonly string[]): string => texts.map((text) => `\n  - ${text}`).join('');
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const also = notes.length === 0 ? '' : `\n  No mistake, but to be known:${list(notes)}`;
  return `The lab "${name}" has ${count}:${list(problems)}${also}`;
}

/** One error for all problems of a lab, which is named by its id or its folder. */
export function invalidLab(
  name: string,
  problems: readonly string[],
  notes: readonly string[] = [],
): LabproofError {
  return labErrors.error('lab-invalid', {
    message: problemList(name, problems, notes),
    fix: 'Correct the lab; each line names the place.',
  });
}
