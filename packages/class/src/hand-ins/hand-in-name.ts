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
}

export type HandInRule = 'moodle' | 'canvas' | 'gradescope' | 'github-classroom' | 'plain';

/** `Jane Doe_12345_assignsubmission_file_`, as a folder or before the name of a file. */
const MOODLE =
  /^(?<name>.+?)_(?<id>\d+)_assignsubmission_(?:file|onlinetext|comments)(?:_(?<file>.*))?$/iu;
/** `doejane_LATE_12345_67890_answers.md`: squashed name, user id, submission id, file. */
const CANVAS = /^(?<name>[^_]+)_(?<late>LATE_)?(?<id>\d+)_(?:\d+)_(?<file>.+)$/u;

/**
 * Reads the name that a learning platform gives to an upload. `null` for a name in no such form.
 * Moodle: the participant's number; Canvas: the user's number.
 */
export function readHandInName(name: string): HandInName | null {
  const plain = name.normalize('NFC');
  const moodle = MOODLE.exec(plain)?.groups;
  if (moodle !== undefined) {
    const { id = '', name: person = '', file = '' } = moodle;
    return {
      id,
      name: person.trim(),
      rule: 'moodle',
      why: `Moodle's download names it ${person.trim()}, participant ${id}`,
      file,
      markedLate: false,
    };
  }
  const canvas = CANVAS.exec(plain)?.groups;
  if (canvas !== undefined) {
    const { id = '', name: person = '', file = '', late } = canvas;
    return {
      id,
      name: person,
      rule: 'canvas',
      why: `Canvas's download names it ${person}, user ${id}`,
      file,
      markedLate: late !== undefined,
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
  };
}
