import { classError } from '../errors.ts';
import { ownWords } from './own-words.ts';
import { contents, type Place } from './place.ts';

const NO_MARK = /^(?:readme|license|changelog)\b/iu;
/** What holds answers as well, and lies about elsewhere, too. */
const PLAIN = /\.(?:docx|pdf|html?)$/iu;
const DOCUMENT = /\.(?:md|rmd|qmd|ipynb)$/iu;
/** Names that say which part of one hand-in a document or a folder is. */
const SHARED = /^(?:answers?\b|(?:q|question|exercise|ex|part|task|vraag|aufgabe)[\s_-]*\d)/iu;
/** Names that say what a document is, and so not whose. */
const OF_THE_WORK =
  /answer|report|notebook|lab|exercise|readme|assignment|home-?work|solution|code|model|train|index|main|submission|project|mnist|cifar|keras|torch|bericht|aufgabe|abgabe|rapport|verslag|tarea/iu;

/** Throws the instructor's `one-or-many` for loose documents that may be one student's or one each. */
export function assertOneStudents(place: Place): void {
  const inside = contents(place);
  const named = inside.filter(({ name }) => !NO_MARK.test(name));
  const notebooks = named.filter(({ name }) => DOCUMENT.test(name));
  const all = named.filter(({ name }) => DOCUMENT.test(name) || PLAIN.test(name));
  // Reports and exports have more of one student's names than of several students'.
  const isPlain = all.some(({ name }) => !DOCUMENT.test(name));
  const documents = (isPlain ? all : notebooks).map(({ name }) => name);
  const isOneStudents =
    inside.length > documents.length ||
    documents.some((name) => SHARED.test(name) || (isPlain && OF_THE_WORK.test(name)));
  const stems = new Set(documents.map((name) => stemOf(name).toLowerCase()));
  if (stems.size < 2 || (isOneStudents && !areOfSeveral(documents, inside))) return;
  const beside = inside.length > documents.length ? '' : ' and nothing else';
  throw classError('one-or-many', {
    message: `${place.path} holds ${
      documents.length
    } documents${beside} (${documents.slice(0, 3).join(', ')}${
      documents.length > 3 ? ', …' : ''
    }): they may be one student's or one each.`,
    fix: 'Put each student’s files into a folder of its own; for one student, name them answers.ipynb or by their questions (q1.ipynb, q2.ipynb).',
  });
}

/**
 * Whether the names of loose files tell several people apart: each document has words that are none of the work, not the
 * same ones, and every other file or folder has no such words or those of a document ("amy.ipynb", "amy.keras", "bob.ipynb",
 * "plots").
 */
function areOfSeveral(documents: readonly string[], inside: readonly Place[]): boolean {
  const owners = documents.map((name) => ownWords(stemOf(name)));
  if (owners.some((words) => words.length === 0)) return false;
  if (new Set(owners.map((words) => words.join(' '))).size < 2) return false;
  const known = new Set(owners.flat());
  return inside.every(({ name }) => {
    const words = ownWords(stemOf(name));
    return words.length === 0 || NO_MARK.test(name) || words.some((word) => known.has(word));
  });
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/u, '');
}
