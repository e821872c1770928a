/** What stands in the folder of a lab, as bytes: reading it needs no disk. */
export interface LabFolder {
  /** The folder's own name, which is the lab's id unless the lab's file says another. */
  readonly name: string;
  /** The files that make a lab, by their path below the folder, with `/`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Names of everything that stands directly in the folder. */
  readonly entries: readonly string[];
}

/** The names that the lab's own file may have. */
export const LAB_FILES = ['lab.yaml', 'lab.yml', 'lab.json'] as const;
export const INTRODUCTION_FILE = 'introduction.md';
/** The folders of a lab: questions, what was measured of exercises, and of playground exercises. */
export const LAB_FOLDERS = ['questions', 'bands', 'sweeps'] as const;

/** Whether a file in one of the lab's folders is read; others an editor or a system may have left there. */
export function isLabFile(folder: (typeof LAB_FOLDERS)[number], name: string): boolean {
  if (name.startsWith('.') || name.endsWith('~') || name === 'README.md') return false;
  return folder === 'questions' || name.endsWith('.json');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a file with `\n` at the end of lines and without a mark of byte order; `null` if it is no UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    return null;
  }
}
