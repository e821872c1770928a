import type { Grade } from '@labproof/grader';

/** What stands in place of who it was. */
const HIDDEN = '▒▒▒';
/** Shorter names are too often words, and shorter numbers numbers of the work. */
const SHORTEST_NAME = 3;
const SHORTEST_NUMBER = 5;

/**
 * A function that takes a student out of everything that is shown: the id, the name in any order of its parts, and the
 * names of the student's files. It goes through every text of a value. Parts of a name are looked for with a capital, as
 * names are written: "Real" is taken out, "a real task" stays.
 */
export function blindfold(grade: Grade): <T>(value: T) => T {
  const { student, id, name, files } = grade;
  const isTold = (word: string): boolean =>
    word.length >= (/^\d+$/u.test(word) ? SHORTEST_NUMBER : SHORTEST_NAME);
  const parts = (name ?? '').split(/[\s,]+/u).filter(isTold);
  const paths = files
    .flatMap(({ path }) => [path, path.slice(path.lastIndexOf('/') + 1)])
    .filter(isTold);
  const rules: readonly [RegExp, string][] = [
    [anyOf(paths, 'giu'), '[file]'],
    [anyOf([student, id ?? '', name ?? ''].filter(isTold), 'giu'), HIDDEN],
    [anyOf(parts.flatMap(asNames), 'gu'), HIDDEN],
  ];
  const hide = (text: string): string =>
    rules.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text);
  return (value) => through(value, hide) as typeof value;
}

/** A part of a name in the ways in which it is written as one. */
function asNames(part: string): string[] {
  const [first = '', ...rest] = part;
  return [part, part.toUpperCase(), first.toUpperCase() + rest.join('').toLowerCase()];
}

/** Any of the words where it stands by itself, the longest first. */
function anyOf(words: readonly string[], flags: string): RegExp {
  const alternatives = [...new Set(words)]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`));
  if (alternatives.length === 0) return /(?!)/u;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, flags);
}

/** Words of Labproof's own, by which the parts of a grade find each other. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'question',
  'exercise',
  'kind',
  'check',
  'outcome',
  'unit',
  'side',
  'format',
  // Pictures, drawn anew by us: no text of theirs, and long.
  'png',
]);

function through(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((entry) => through(entry, hide));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      OWN_WORDS.has(key) ? entry : through(entry, hide),
    ]),
  );
}
