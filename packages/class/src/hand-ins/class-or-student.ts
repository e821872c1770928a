import { GRADESCOPE_METADATA } from './gradescope-metadata.ts';
import { readClassroomName } from './hand-in-name.ts';
import { contents, isFolder, isZip, type Place } from './place.ts';
import { platformNames } from './platform-names.ts';
import { classError } from '../errors.ts';

/** What makes a folder a submission itself rather than a folder of submissions. */
const MARKS =
  /^(?:submission\.json|model\.json|models|histories|answers?\.[a-z]+|.+\.(?:md|rmd|qmd|ipynb|keras|h5))$/iu;
const NO_MARK = /^(?:readme|license|changelog)\b/iu;
/** What holds answers as well, and lies about elsewhere, too: reports, exported pages, a README. */
const WEAK_MARKS = /\.(?:docx|pdf|html?)$|^readme\.(?:md|rmd|qmd|ipynb)$/iu;
/** What a submission may consist of, where nothing beside it is somebody's submission. */
const OWN_WORK =
  /\.(?:docx|pdf|html?|r|py|txt|pt|pth|onnx|safetensors)$|^readme\.(?:md|rmd|qmd|ipynb)$/iu;
/** Folders that a submission has. */
const OF_A_SUBMISSION =
  /^(?:models?|weights?|checkpoints?|histories|history|logs?|plots?|figures?|images?|img|pictures?|graphs?|graphics|media|assets|data|code|src|notebooks?|docs?|scripts?|utils?|tests?|reports?|paper|appendix|attachments?|slides|presentation|results?|outputs?|training|submission|solutions?|final|old|drafts?|backup|extras?)$/iu;
const DOCUMENT = /\.(?:md|rmd|qmd|ipynb)$/iu;
/** Names that say which part of one hand-in a document or a folder is. */
const SHARED = /^(?:answers?\b|(?:q|question|exercise|ex|part|task|vraag|aufgabe)[\s_-]*\d)/iu;
/** Names that say what a document is, and so not whose. */
const OF_THE_WORK =
  /answer|report|notebook|lab|exercise|readme|assignment|home-?work|solution|code|model|train|index|main|submission|project|mnist|cifar|keras|torch|bericht|aufgabe|abgabe|rapport|verslag|tarea/iu;
const PART = /^(?:[a-z]+[\s_-]*)?\d{1,2}[a-h]?$/iu;
const ANSWERS = /^(?:answers?\.[a-z]+|submission\.json)$/iu;

export function isMark(name: string): boolean {
  return MARKS.test(name) && !NO_MARK.test(name);
}

/** Whether it is a folder with a submission in it, or a .zip, and is not called as a part of one is. */
function isSubmission(place: Place): boolean {
  if (OF_A_SUBMISSION.test(place.name)) return false;
  return isFolder(place) ? holdsWork(place) : isZip(place);
}

/** Answers, models or archives are in a folder, or in the one folder that is in it. */
function holdsWork(place: Place): boolean {
  const inside = contents(place);
  const isWork = ({ name }: Place): boolean => isMark(name) || WEAK_MARKS.test(name);
  if (inside.some((inner) => isWork(inner) || isZip(inner))) return true;
  const [only, ...others] = inside;
  return only !== undefined && others.length === 0 && isFolder(only) && holdsWork(only);
}

/** Whether a folder is one student's though it has none of a submission's names: documents or models, and no submissions beside them. */
export function isOneStudents(place: Place): boolean {
  const inside = contents(place);
  if (inside.some(isSubmission)) return false;
  return (
    inside.some((inner) => !isFolder(inner) && OWN_WORK.test(inner.name)) &&
    !isManyDocuments(place.path, inside)
  );
}

/**
 * Whether a folder with loose answers or models in it holds a class all the same: two or more folders or .zips beside them
 * that are submissions themselves. Then what lies loose is nobody's; it must not make one student of all.
 * Throws where loose documents could be one student's or one each.
 */
export function isClass(place: Place): boolean {
  const inside = contents(place);
  return inside.filter(isSubmission).length >= 2 || isManyDocuments(place.path, inside);
}

/** Never true: throws the instructor's `one-or-many` for documents that may be one student's or one each. */
function isManyDocuments(path: string, inside: readonly Place[]): false {
  const names = inside.map(({ name }) => name).filter((name) => !NO_MARK.test(name));
  const notebooks = names.filter((name) => DOCUMENT.test(name));
  const all = names.filter((name) => DOCUMENT.test(name) || WEAK_MARKS.test(name));
  // Reports and exports have more of one student's names than of several students'.
  const isPlain = all.some((name) => !DOCUMENT.test(name));
  const documents = isPlain ? all : notebooks;
  const stems = new Set(documents.map((name) => name.replace(/\.[^.]*$/u, '').toLowerCase()));
  const isOneStudents =
    inside.length > documents.length ||
    documents.some((name) => SHARED.test(name) || (isPlain && OF_THE_WORK.test(name)));
  if (stems.size < 2 || isOneStudents) return false;
  throw classError('one-or-many', {
    message: `${path} holds ${documents.length} documents and nothing else (${documents.slice(0, 3).join(', ')}${documents.length > 3 ? ', …' : ''}): they may be one student's or one each.`,
    fix: 'Put each student’s files into a folder of its own; for one student, name them answers.ipynb or by their questions (q1.ipynb, q2.ipynb).',
  });
}

/**
 * The class that a .zip or a folder holds, perhaps in one folder around it; `null` where that is one student's work.
 * What a platform packs is told by its names. Without them (`byNames` is not all that counts), a class is two or more
 * folders or .zips that are submissions themselves, none of them called as a part of one is, and no answers or models
 * beside them.
 */
export function classIn(outer: Place, byNames: 'platform names' | 'any names'): Place | null {
  let place = outer;
  for (;;) {
    if (isPlatforms(place) || (byNames === 'any names' && isPlainClass(place))) return place;
    const [only, ...others] = contents(place);
    if (only === undefined || others.length > 0 || !isFolder(only)) return null;
    place = only;
  }
}

/** A .zip that was named by itself and holds nothing but documents could be one student's or a class. */
export function assertOneStudents(place: Place): void {
  const inside = contents(place);
  const stems = new Set(inside.map(({ name }) => name.replace(/\.[^.]*$/u, '').toLowerCase()));
  if (stems.size > 1) isManyDocuments(place.path, inside);
}

function isPlatforms(place: Place): boolean {
  const inside = contents(place);
  // A student's own files may have such a file among them; Gradescope's exports have nothing but its folders.
  if (
    inside.some(({ name }) => name === GRADESCOPE_METADATA) &&
    (inside.some(({ name }) => /^submission_\d+$/u.test(name)) ||
      !inside.some(({ name }) => isMark(name)))
  ) {
    return true;
  }
  const named = platformNames(inside);
  if ([...named.values()].some(({ rule }) => rule === 'moodle')) return true;
  if (named.size > 0 && named.size === inside.length) return true;
  const around = place.name.replace(/\.zip$/iu, '');
  return inside.some((child) => isFolder(child) && readClassroomName(child.name, around) !== null);
}

function isPlainClass(place: Place): boolean {
  const inside = contents(place);
  const [folders, loose] = [
    inside.filter((child) => isFolder(child) || isZip(child)),
    inside.filter((child) => !isFolder(child) && !isZip(child)),
  ];
  return (
    folders.length >= 2 &&
    folders.every(
      (child) => isSubmission(child) && !PART.test(child.name.replace(/\.zip$/iu, '')),
    ) &&
    !loose.some(({ name }) => isMark(name))
  );
}

/** A folder or .zip beside others that is called as parts of submissions are, and has no answers in it. */
export function isPartOfAnother(place: Place, beside: number): boolean {
  if (beside < 2 || !OF_A_SUBMISSION.test(place.name.replace(/\.zip$/iu, ''))) return false;
  if (!isFolder(place)) return true;
  return !place
    .children()
    .some((inner) => DOCUMENT.test(inner.name) || ANSWERS.test(inner.name) || isZip(inner));
}
