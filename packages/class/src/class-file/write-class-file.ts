import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { Document, isMap, isScalar, parseDocument, type Pair, Scalar } from 'yaml';
import { writeFilesTogether } from '../files/write-files.ts';
import {
  type ClassField,
  ClassFileSchema,
  type ClassSettings,
  mapPaths,
} from './class-file-schema.ts';

const HEAD = ` What this class is graded with. "labproof grade" with the name of this folder grades it again, with all of it.
 Change it as you like: paths are seen from this folder, so everything can be moved together.
 An option of the command line that says something else is shown and not used, unless --save or --once stands beside it.`;

/** What stands above a setting. */
const COMMENTS: Partial<Record<ClassField, string>> = {
  labs: ' where the lab is',
  submissions: ' what was handed in: the download of a platform, or folders',
  roster: " the class list, such as Moodle's grading worksheet or Canvas's gradebook as they are",
  late: ' what a late hand-in costs: a file, or the rule itself (docs/grading-a-class.md)',
  times: ' when each handed in, and extensions',
  secret: ' where the secret of hidden images is; the secret itself stands in no file of ours',
  limits: ' other limits on the size of submissions (docs/limits.md)',
  timeLimit: ' seconds for a submission',
  memoryLimit: ' MiB of memory for a grading process',
  format: ' what "labproof export" and "labproof return" write',
  gradebook: " the platform's own table",
  column: ' the assignment, as the gradebook calls it',
  key: ' what Moodle tells users by',
};

/**
 * Writes settings into a class's file, each with a word on what it is; what stands there already, comments too, stays
 * as it is. Absolute paths are written as they are seen from the file's folder. Throws an instructor's error where the
 * folder cannot be written.
 */
export function saveClassSettings(path: string, settings: Partial<ClassSettings>): void {
  const folder = dirname(resolve(path));
  const written = mapPaths(settings, (full) => seenFrom(folder, full));
  const document = existsSync(path) ? parseDocument(readFileSync(path, 'utf8')) : emptyDocument();
  for (const field of Object.keys(ClassFileSchema.shape) as ClassField[]) {
    const value = written[field];
    if (value === undefined) continue;
    const isNew = !document.has(field);
    document.set(field, document.createNode(value));
    if (isNew) comment(document, field);
  }
  writeFilesTogether(folder, [
    { path: basename(path), content: document.toString({ lineWidth: 0 }) },
  ]);
}

function emptyDocument(): Document {
  const document = new Document({});
  document.commentBefore = HEAD;
  return document;
}

function comment(document: Document, field: ClassField): void {
  const text = COMMENTS[field];
  if (text === undefined || !isMap(document.contents)) return;
  const pair = document.contents.items.find(({ key }) =>
    isScalar(key) ? key.value === field : key === field,
  ) as Pair | undefined;
  if (pair === undefined) return;
  const key = isScalar(pair.key) ? pair.key : new Scalar(field);
  key.commentBefore = text;
  pair.key = key;
}

/** With `/`, which every system reads; a path on another drive stays absolute. */
function seenFrom(folder: string, full: string): string {
  const path = relative(folder, resolve(full));
  if (isAbsolute(path)) return path;
  return path === '' ? '.' : path.split(sep).join('/');
}
