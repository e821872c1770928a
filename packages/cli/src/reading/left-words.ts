import { formatPlural } from '@labproof/submission';
import { type LeftOpen, partsOfKey } from '@labproof/review';

/** What is left to do with marks of a graded folder, each an answer as `student:question`. */
export interface MarksLeft {
  /** A reader doubts the mark. */
  readonly doubtful: readonly string[];
  /** An appeal that nobody has decided. */
  readonly appeals: readonly string[];
  /** An appeal that no version answers yet. */
  readonly unanswered: readonly string[];
}

/** Longest list of answers or students in a message. */
const MOST_NAMED = 5;

/** "amy:q1, ben:q4 and 3 more". */
export function named(entries: readonly string[]): string {
  const rest = entries.length - MOST_NAMED;
  const first = entries.slice(0, MOST_NAMED).join(', ');
  return rest > 0 ? `${first} and ${rest} more` : first;
}

/** Marks that somebody doubts, as a sentence begins with them: "1 mark is doubtful (amy:q1)". */
export function doubtsIn(doubtful: readonly string[]): string {
  return `${formatPlural(doubtful.length, 'mark')} ${doubtful.length === 1 ? 'is' : 'are'} doubtful (${named(doubtful)})`;
}

/** Appeals that nobody has decided: "1 appeal is not decided (amy:q1)". */
export function appealsIn(appeals: readonly string[]): string {
  return `${formatPlural(appeals.length, 'appeal')} ${appeals.length === 1 ? 'is' : 'are'} not decided (${named(appeals)})`;
}

/** What is left to do with marks that are in the grades, as lines of their own; nothing where nothing is. */
export function leftLines({ doubtful, appeals, unanswered }: MarksLeft, folder: string): string {
  const lines = [
    ...(doubtful.length === 0
      ? []
      : [
          `${doubtsIn(doubtful)}: look again in "labproof review ${folder}"; nothing is released, exported or returned before`,
        ]),
    ...(appeals.length === 0
      ? []
      : [`${appealsIn(appeals)}: decide in "labproof review ${folder}" (key l)`]),
    ...(unanswered.length === 0
      ? []
      : [
          `${formatPlural(unanswered.length, 'appeal')} ${unanswered.length === 1 ? 'is' : 'are'} decided (${named(unanswered)}): "labproof release ${folder}" answers ${unanswered.length === 1 ? 'it' : 'them'}`,
        ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * What is left when a reading room closes. By question, since whoever reads blind is not to learn whose answer it is;
 * with names lifted also by student.
 */
export function leftText(
  { unmarked, doubtful, appeals }: LeftOpen,
  { folder, named: isNamed }: { readonly folder: string; readonly named: boolean },
): string {
  const where = (keys: readonly string[]): string =>
    named(isNamed ? keys : [...new Set(keys.map((key) => partsOfKey(key).question))]);
  const keysOf = (answers: LeftOpen['doubtful']): string[] => answers.map(({ key }) => key);
  const left = [
    ...(unmarked.length === 0
      ? []
      : [`${formatPlural(unmarked.length, 'answer')} without a mark (${where(keysOf(unmarked))})`]),
    ...(doubtful.length === 0
      ? []
      : [`${formatPlural(doubtful.length, 'doubtful mark')} (${where(keysOf(doubtful))})`]),
    ...(appeals.length === 0
      ? []
      : [
          `${formatPlural(appeals.length, 'appeal')} to decide (${where(appeals.map(({ answer }) => answer))})`,
        ]),
  ];
  const state = left.length === 0 ? 'Every answer has a mark.' : `Left: ${left.join(', ')}.`;
  return `${state} Grade again to put the marks into grades and reports: labproof grade ${folder}\n`;
}
