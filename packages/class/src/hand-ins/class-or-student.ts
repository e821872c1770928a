import { assertOneStudents } from './one-or-many.ts';
import { GRADESCOPE_METADATA } from './gradescope-metadata.ts';
import { readClassroomName } from './hand-in-name.ts';
import { ownWords } from './own-words.ts';
import { contents, isFolder, isZip, type Place, withoutArchive } from './place.ts';
import { isDownload, platformNames } from './platform-names.ts';
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
const PART = /^(?:[a-z]+[\s_-]*)?\d{1,2}[a-h]?$/iu;
const ANSWERS = /^(?:answers?\.[a-z]+|submission\.json)$/iu;

export function isMark(name: string): boolean {
  return MARKS.test(name) && !NO_MARK.test(name);
}

/** Whether a file's name is that of somebody's work; notes and programs lie about as well. */
export function isWork(name: string): boolean {
  return isMark(name) || WEAK_MARKS.test(name) || /\.(?:pt|pth|onnx|safetensors)$/iu.test(name);
}

/** Whether it is a folder with a submission in it, or a .zip, and is not called as a part of one is. */
function isSubmission(place: Place): boolean {
  if (OF_A_SUBMISSION.test(place.name)) return false;
  return isFolder(place) ? holdsWork(place) : isZip(place);
}

/** Answers, models or archives are in a folder, or in the one folder that is in it. */
function holdsWork(place: Place): boolean {
  const inside = contents(place);
  const isMarked = ({ name }: Place): boolean => isMark(name) || WEAK_MARKS.test(name);
  if (inside.some((inner) => isMarked(inner) || isZip(inner))) return true;
  const [only, ...others] = inside;
  return only !== undefined && others.length === 0 && isFolder(only) && holdsWork(only);
}

/** Whether a folder is one student's though it has none of a submission's names: documents or models, and no submissions beside them. */
export function isOneStudents(place: Place): boolean {
  const inside = contents(place);
  if (inside.some(isSubmission)) return false;
  if (!inside.some((inner) => !isFolder(inner) && OWN_WORK.test(inner.name))) return false;
  assertOneStudents(place);
  return true;
}

/**
 * Whether a folder with loose answers or models in it holds a class all the same: two or more folders or .zips beside them
 * that are submissions themselves. Then what lies loose is nobody's; it must not make one student of all.
 * Throws where loose documents could be one student's or one each.
 */
export function isClass(place: Place): boolean {
  if (contents(place).filter(isSubmission).length >= 2) return true;
  assertOneStudents(place);
  return false;
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
  if ([...platformNames(inside).values()].some(({ rule }) => rule === 'moodle')) return true;
  if (isDownload(inside)) return true;
  const around = place.name.replace(/\.zip$/iu, '');
  return inside.some((child) => isFolder(child) && readClassroomName(child.name, around) !== null);
}

/**
 * Stops where folders look like classes themselves, so that several students' work would be graded as one's: the only
 * folder of a class, or each of several ("Section A"), holds folders or .zips that are submissions and are called by
 * no word of the work, as parts of one are.
 */
export function assertNotNested(place: Place): void {
  const inside = contents(place).filter((child) => isFolder(child) || isZip(child));
  const nested = inside.filter(
    (child) => isFolder(child) && (isPlatforms(child) || workOfSeveral(child).length > 0),
  );
  const [first] = nested;
  const [only] = inside;
  if (first === undefined && only !== undefined && inside.length === 1) {
    if (isFolder(only) && !contents(only).some(({ name }) => isMark(name))) assertNotNested(only);
    return;
  }
  if (first === undefined || nested.length < inside.length) return;
  const within = contents(first).map(({ name }) => name);
  const isOne = nested.length === 1;
  throw classError('one-or-many', {
    message: `${list(nested.map(({ path }) => path))} ${
      isOne ? 'holds' : 'hold'
    } several folders with work in them (${list(within)}): they may be one student's or one each.`,
    fix: `Name the ${isOne ? 'folder that holds' : 'folders that hold'} the students: ${list(
      nested.map(({ path }) => `"${path}"`),
    )}. If one is all of one student's, put a submission.json with {"student": "the id"} into it.`,
  });
}

/** The folders and .zips in a folder that are submissions and have names of their own; none where one student may have called them so. */
function workOfSeveral(place: Place): readonly Place[] {
  const inside = contents(place);
  if (inside.some((child) => !isFolder(child) && isMark(child.name))) return [];
  const places = inside.filter((child) => isFolder(child) || isZip(child));
  const work = places.filter(isSubmission);
  const owners = work.map(({ name }) => ownWords(withoutArchive(name)).join(' '));
  const areSeveral =
    work.length * 2 > places.length &&
    owners.every((owner) => owner !== '') &&
    new Set(owners).size > 1;
  return areSeveral ? work : [];
}

const SHOWN = 3;

function list(names: readonly string[]): string {
  return `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`;
}

function isPlainClass(place: Place): boolean {
  const inside = contents(place);
  const [folders, loose] = [
    inside.filter((child) => isFolder(child) || isZip(child)),
    inside.filter((child) => !isFolder(child) && !isZip(child)),
  ];
  return (
    folders.length >= 2 &&
    folders.every((child) => isSubmission(child) && !PART.test(withoutArchive(child.name))) &&
    !loose.some(({ name }) => isMark(name))
  );
}

/** A folder or .zip beside others that is called as parts of submissions are, and has no answers in it. */
export function isPartOfAnother(place: Place, beside: number): boolean {
  if (beside < 2 || !OF_A_SUBMISSION.test(withoutArchive(place.name))) return false;
  if (!isFolder(place)) return true;
  return !place
    .children()
    .some((inner) => DOCUMENT.test(inner.name) || ANSWERS.test(inner.name) || isZip(inner));
}
