/** What the name of an uploaded folder or file says, and which rule read it. */
export interface HandInName {
  /** Id of the student, or of the hand-in where the name holds nothing better. */
  readonly id: string;
  /** As the system writes it; `null` where the name does not hold it. */
  readonly name: string | null;
  readonly rule: HandInRule;
  readonly why: string;
  /** The student's own file name, where the system puts its prefix before it; `''` for a folder. */
  readonly file: string;
  /** The system itself marked it as late. */
  readonly markedLate: boolean;
  readonly idKind: IdKind;
  /** When this attempt was handed in, where the name says so and a student may have several. */
  readonly attempt?: string;
}

/**
 * Whose number or name an id is. Moodle's participant number and Canvas's user number are other numbers than those of a
 * university's list, though they may look the same.
 */
export type IdKind = 'name' | 'participant' | 'canvas-user' | 'list' | 'github-user';

export type HandInRule =
  | 'moodle'
  | 'canvas'
  | 'gradescope'
  | 'github-classroom'
  | 'blackboard'
  | 'brightspace'
  | 'sakai'
  | 'plain';

/** What Moodle puts between a student's name and the name of a file. */
const MOODLE_MARK = /_(?<id>\d+)_assignsubmission_(?:file|onlinetext|comments)(?:_|$)/giu;
/**
 * `doejane_LATE_12345_67890_answers.md`: squashed name, user id, attachment id, file; what was typed or linked has no
 * attachment. Its numbers are long. The name may be a group's, with `_` in it. (`lib/content_zipper.rb` of Canvas)
 */
const CANVAS =
  /^(?<name>.+?)_(?<late>LATE_)?(?<id>\d{2,})_(?:\d{3,}_(?<file>.+)|(?<online>(?:text|link)\.html))$/u;
/** Where grading is anonymous. */
const CANVAS_ANONYMOUS =
  /^(?<late>LATE_)?(?<id>anon_[A-Za-z0-9]{5})_(?:\d{3,}_(?<file>.+)|(?<online>(?:text|link)\.html))$/u;
/** `Lab 1_jdoe_attempt_2026-11-20-23-59-07_answers.md`, and a receipt with no name of a file behind the time. */
const BLACKBOARD =
  /^(?<head>.+_.+)_attempt_(?<time>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?<file>.+)|(?<receipt>\.txt))$/u;
/** `70221-284739 - Jane Doe - Nov 20, 2026 1159 PM`. */
const BRIGHTSPACE = /^\d+-\d+\s*-\s(?<name>.+?)\s?-\s(?<time>[^-]*\b\d{4}\b[^-]*)$/u;
/** `Doe, Jane(jdoe)`; a short number in brackets is a browser's mark of a copy. */
const SAKAI = /^(?<name>[^()]+,[^()]+)\((?!\d{1,3}\))(?<id>[^()\s]+)\)$/u;

/**
 * Reads the name that a learning platform gives to an upload; `null` for a name in no such form.
 * Moodle: the participant's number; Canvas, which gives loose files only: the user's number. Students choose their own
 * display names and file names: of a folder the last of Moodle's marks is Moodle's, and a file with several of them could
 * be read in two ways and is not read at all.
 */
export function readHandInName(name: string, kind: 'folder' | 'file'): HandInName | null {
  const plain = name.normalize('NFC');
  const marks = [...plain.matchAll(MOODLE_MARK)];
  const mark = marks.at(-1);
  if (mark !== undefined && mark.index > 0 && (kind === 'folder' || marks.length === 1)) {
    const end = mark.index + mark[0].length;
    const person = plain.slice(0, mark.index).trim();
    const id = mark.groups?.['id'] ?? '';
    if (person !== '' && (kind === 'file' || end === plain.length)) {
      return {
        id,
        name: person,
        rule: 'moodle',
        why: `Moodle's download names it ${person}, participant ${id}`,
        file: plain.slice(end),
        markedLate: false,
        idKind: 'participant',
      };
    }
  }
  if (marks.length > 0) return null;
  return kind === 'file' ? readCanvasName(plain) : readFolderName(plain);
}

function readCanvasName(plain: string): HandInName | null {
  const found = (CANVAS_ANONYMOUS.exec(plain) ?? CANVAS.exec(plain))?.groups;
  if (found === undefined) return null;
  const { id = '', name, late, online } = found;
  return {
    id,
    name: name ?? null,
    rule: 'canvas',
    why:
      name === undefined
        ? `Canvas's download, where grading is anonymous, names it ${id}`
        : `Canvas's download names it ${name}, user ${id}`,
    file: found['file'] ?? online ?? '',
    markedLate: late !== undefined,
    idKind: 'canvas-user',
  };
}

function readFolderName(plain: string): HandInName | null {
  const brightspace = BRIGHTSPACE.exec(plain)?.groups;
  const sakai = SAKAI.exec(plain)?.groups;
  const name = (brightspace ?? sakai)?.['name']?.trim();
  if (name === undefined || name === '') return null;
  const id = sakai?.['id'] ?? name;
  return {
    id,
    name,
    rule: brightspace === undefined ? 'sakai' : 'brightspace',
    why:
      brightspace === undefined
        ? `Sakai's download names it ${name}, ${id}`
        : `Brightspace's download names it ${name}`,
    file: '',
    markedLate: false,
    idKind: brightspace === undefined ? 'list' : 'name',
  };
}

/** What Blackboard put around a file's name; assignment and user are told apart by all files of the download. */
export function readBlackboardName(
  name: string,
): { head: string; time: string; file: string } | null {
  const { head, time, file } = BLACKBOARD.exec(name.normalize('NFC'))?.groups ?? {};
  if (head === undefined || time === undefined) return null;
  return { head, time, file: file ?? 'attempt.txt' };
}

/**
 * GitHub Classroom clones `<assignment>-<username>` into `<assignment>-submissions`. Only with that folder around
 * it can the assignment's name be told from a user's name with dashes.
 */
export function readClassroomName(name: string, parent: string): HandInName | null {
  const assignment = /^(?<assignment>.+)-submissions$/u.exec(parent)?.groups?.['assignment'];
  if (assignment === undefined || !name.startsWith(`${assignment}-`)) return null;
  const id = name.slice(assignment.length + 1);
  if (id === '') return null;
  return {
    id,
    name: null,
    rule: 'github-classroom',
    why: `GitHub Classroom cloned it as ${assignment} of the user ${id}`,
    file: '',
    markedLate: false,
    idKind: 'github-user',
  };
}
