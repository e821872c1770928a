import { submissionErrors } from '../errors.ts';
import { type Refusal, readOrRefuse } from '../refusal.ts';
import type { SubmissionFile, SubmissionFiles } from './submission-files.ts';

const ARCHIVES: readonly (readonly [RegExp, string])[] = [
  [/\.7z$/iu, '7-Zip'],
  [/\.rar$/iu, 'RAR'],
  [/\.(?:tar|tar\.(?:gz|xz|bz2|zst)|tgz|txz|tbz2?)$/iu, 'tar'],
  [/\.(?:gz|xz|bz2|zst|lz4)$/iu, 'a compressed file'],
  [/\.(?:dmg|iso)$/iu, 'a disk image'],
  [/\.(?:zipx|cab|arj|lzh|ace|sitx?)$/iu, 'an archive'],
  [/\.(?:z\d{2,3}|r\d{2}|(?:zip|7z|rar|tar)\.\d{3})$/iu, 'a piece of an archive'],
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

/** How archives begin: zip, 7-Zip, RAR, gzip, bzip2, xz. */
const BEGINNINGS = ['504b0304', '377abcaf', '52617221', '1f8b', '425a68', 'fd377a58'];
const LONGEST = 4;

/** Whether a file without an ending in its name is an archive by what it begins with. */
function isNamelessArchive(file: SubmissionFile): boolean {
  if (/\.[^/]*$/u.test(file.path)) return false;
  const { value } = readOrRefuse(() => file.read().subarray(0, LONGEST));
  const start = [...(value ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return BEGINNINGS.some((beginning) => start.startsWith(beginning));
}

/** The archives of a submission of which nobody knows what is in them: in a format that is not opened, or damaged. */
export function unopenedArchives({ files, leftOut }: SubmissionFiles): string[] {
  return [
    ...files.flatMap((file) =>
      archiveOf(file.path) !== null || isNamelessArchive(file) ? [file.path] : [],
    ),
    ...leftOut.flatMap(({ path, unopened }) => (unopened === true ? [path] : [])),
  ];
}
