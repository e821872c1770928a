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
}

/**
 * Whose number or name an id is. Moodle's participant number and Canvas's user number are other numbers than those of a
 * university's list, though they may look the same.
 */
export type IdKind = 'name' | 'participant' | 'canvas-user' | 'list' | 'github-user';

export type HandInRule = 'moodle' | 'canvas' | 'gradescope' | 'github-classroom' | 'plain';

/** What Moodle puts between a student's name and the name of a file. */
const MOODLE_MARK = /_(?<id>\d+)_assignsubmission_(?:file|onlinetext|comments)(?:_|$)/giu;
/** `doejane_LATE_12345_67890_answers.md`: squashed name, user id, submission id, file. Its numbers are long. */
const CANVAS = /^(?<name>[^_]+)_(?<late>LATE_)?(?<id>\d{2,})_(?:\d{3,})_(?<file>.+)$/u;

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
  const canvas = kind === 'file' && marks.length === 0 ? CANVAS.exec(plain)?.groups : undefined;
  if (canvas !== undefined) {
    const { id = '', name: person = '', file = '', late } = canvas;
    return {
      id,
      name: person,
      rule: 'canvas',
      why: `Canvas's download names it ${person}, user ${id}`,
      file,
      markedLate: late !== undefined,
      idKind: 'canvas-user',
    };
  }
  return null;
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
