import type { Lab } from '@labproof/lab';
import type { FoundFile } from './found-file.ts';
import { exerciseNamed } from './exercise-name.ts';
import type { SubmissionFile, SubmissionFiles } from './submission-files.ts';

/** A training history that came as a file. */
export interface HistoryFile {
  readonly exercise: string;
  readonly file: SubmissionFile;
  readonly found: FoundFile;
}

/** Finds `histories/<exercise>.csv|json` and `history.csv|json` in a folder named after the exercise. */
export function findHistories(files: SubmissionFiles, lab: Lab): readonly HistoryFile[] {
  const histories: HistoryFile[] = [];
  const taken = new Set<string>();
  for (const file of files.files) {
    const match = /^(?:.*\/)?(?<folder>[^/]+)\/(?<stem>[^/]+)\.(?:csv|json)$/u.exec(file.path);
    const { folder = '', stem = '' } = match?.groups ?? {};
    const byFolder = /^history$/iu.test(stem) ? exerciseNamed(folder, lab) : null;
    const byName = /^histor(y|ies)$/iu.test(folder) ? exerciseNamed(stem, lab) : null;
    const exercise = byFolder ?? byName;
    if (exercise === null || taken.has(exercise)) continue;
    taken.add(exercise);
    histories.push({
      exercise,
      file,
      found: {
        path: file.path,
        role: 'history',
        matched: [exercise],
        why: `it is named after the exercise ${exercise}`,
      },
    });
  }
  return histories;
}
