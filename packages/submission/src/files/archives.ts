import { submissionErrors } from '../errors.ts';
import type { Refusal } from '../refusal.ts';
import type { SubmissionFiles } from './submission-files.ts';

const ARCHIVES: readonly (readonly [RegExp, string])[] = [
  [/\.7z$/iu, '7-Zip'],
  [/\.rar$/iu, 'RAR'],
  [/\.(?:tar|tar\.(?:gz|xz|bz2|zst)|tgz|txz|tbz2?)$/iu, 'tar'],
  [/\.(?:gz|xz|bz2|zst|lz4)$/iu, 'a compressed file'],
  [/\.(?:dmg|iso)$/iu, 'a disk image'],
];

/** Which archive a name says, where it is one that is not opened. */
export function archiveOf(path: string): string | null {
  return ARCHIVES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** Why it is not opened, and what to hand in. */
export function archiveRefusal(path: string, archive: string): Refusal {
  return submissionErrors.remark('archive-format', {
    message: `${path} (${archive}) is not opened, so nothing that is in it was graded.`,
    fix: 'Hand in a .zip, or the folder itself.',
  });
}

/** The archives of a submission of which nobody knows what is in them: in a format that is not opened, or damaged. */
export function unopenedArchives({ files, leftOut }: SubmissionFiles): string[] {
  return [
    ...files.flatMap(({ path }) => (archiveOf(path) === null ? [] : [path])),
    ...leftOut.flatMap(({ path, unopened }) => (unopened === true ? [path] : [])),
  ];
}
