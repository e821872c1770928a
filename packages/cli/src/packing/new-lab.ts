import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutputFile } from '@labproof/class';
import { type LabproofError, reasonOf } from '@labproof/core';
import type { Labs } from '@labproof/exercises';
import { compareNames, LabSchema } from '@labproof/lab';
import { cliError } from '../errors.ts';

/** A small lab with its bands and a submission: what `labproof lab new` writes. */
const TEMPLATE = fileURLToPath(new URL('../../templates/new-lab', import.meta.url));

/** Stands for the lab's id in the template's README. */
const ID = /\bLAB\b/gu;
const TITLE = /^title: .*$/mu;

/** The files of a new lab for a folder that holds nothing yet, and the id under which the lab is known. */
export function newLab(
  directory: string,
  options: { readonly id?: string; readonly title?: string },
  labs: Labs,
): { readonly id: string; readonly files: readonly OutputFile[] } {
  const name = basename(resolve(directory));
  const id = options.id ?? name;
  if (!LabSchema.shape.id.safeParse(id).success) throw noId(id, options.id !== undefined);
  if (labs.list().some((lab) => lab.id === id)) throw idTaken(id, labs.folderOf(id));
  requireEmpty(directory);
  const files = templateFiles('').map((path): OutputFile => {
    const file = join(TEMPLATE, ...path.split('/'));
    if (path === 'README.md') {
      return { path, content: readFileSync(file, 'utf8').replaceAll(ID, id) };
    }
    if (path !== 'lab.yaml') return { path, content: new Uint8Array(readFileSync(file)) };
    const content = readFileSync(file, 'utf8').replace(TITLE, (line) =>
      [
        ...(id === name ? [] : [`id: ${id}`]),
        // A text in JSON is one in YAML, whatever stands in it.
        options.title === undefined ? line : `title: ${JSON.stringify(options.title)}`,
      ].join('\n'),
    );
    return { path, content };
  });
  return { id, files };
}

function templateFiles(folder: string): string[] {
  return readdirSync(join(TEMPLATE, folder), { withFileTypes: true })
    .toSorted((a, b) => compareNames(a.name, b.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? templateFiles(path) : [path];
    });
}

/** A folder that is not there yet is empty, too. */
function requireEmpty(directory: string): void {
  let entries: string[];
  try {
    entries = readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw inUse(`${directory} is no folder that can be read: ${reasonOf(error)}.`);
  }
  if (entries.length === 0) return;
  const [first = '', ...others] = entries.toSorted(compareNames);
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw inUse(`${directory} is not empty: it holds ${first}${more}. Nothing was written.`);
}

function inUse(message: string): LabproofError {
  return cliError('lab-new-folder-in-use', { message, fix: 'Name a new folder, or an empty one.' });
}

function noId(id: string, written: boolean): LabproofError {
  const meant = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  const example = meant === '' ? 'my-lab' : meant;
  return cliError('lab-new-id', {
    message: `"${id}" is no id of a lab: ids are small letters, digits and single "-" between them.`,
    fix: written
      ? `Write --id ${example}.`
      : `Call the folder ${example}, or keep its name and add --id ${example}.`,
  });
}

function idTaken(id: string, folder: string): LabproofError {
  return cliError('lab-new-id', {
    message: `There is a lab "${id}" already, in ${folder}.`,
    fix: `Give the folder another name, or add --id my-${id}.`,
  });
}
