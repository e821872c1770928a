import {
  type Lab,
  labFiles,
  type LabFolder,
  type LabReading,
  problemText,
  readLab,
} from '../../src/index.ts';
import { checkKinds } from '../../../grader/src/checks/registry.ts';

/** The files of a lab by their paths, to be changed by a test. */
export function filesOf(lab: Lab): Map<string, string> {
  return new Map(labFiles(lab).map(({ path, content }) => [path, content]));
}

/** A folder with these files. */
export function folderOf(files: ReadonlyMap<string, string>, name = 'small'): LabFolder {
  const bytes = [...files].map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  const entries = new Set([...files.keys()].map((path) => path.split('/')[0] ?? ''));
  return { name, files: new Map(bytes), entries: [...entries] };
}

/** Reads a folder as whoever grades reads it. */
export function read(folder: LabFolder): LabReading {
  return readLab(folder, { checks: checkKinds });
}

/** The problems of a folder, as they are printed. */
export function problemsIn(files: ReadonlyMap<string, string>): string[] {
  return read(folderOf(files)).problems.map(problemText);
}
