import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type LabproofError, reasonOf } from '@labproof/core';
import { type SubmissionFiles, filesInMemory, unreadFormatOf } from '@labproof/submission';
import { cliError } from '../errors.ts';

/** Files beside a model that are read with it: more than any model has shards, fewer than a home folder holds. */
const MOST_NEIGHBOURS = 200;

/** The model file together with the regular files beside it, which hold the weights of a TF.js model. */
export function openModel(path: string): { file: string; files: SubmissionFiles } {
  try {
    const isFolder = lstatSync(path).isDirectory();
    // A package of a framework whose models are not read is told by its name.
    if (isFolder && unreadFormatOf(basename(path)) !== null) {
      return { file: basename(path), files: filesInMemory(new Map()) };
    }
    const target = isFolder ? mainFile(path) : path;
    const folder = dirname(target);
    const content = new Map([[basename(target), readFileSync(target)]]);
    if (target.endsWith('.json')) {
      const neighbours = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.bin'))
        .map((entry) => entry.name)
        .toSorted()
        .slice(0, MOST_NEIGHBOURS);
      for (const name of neighbours) content.set(name, readFileSync(join(folder, name)));
    }
    return { file: basename(target), files: filesInMemory(content) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The file that says what the model in a folder is. */
function mainFile(folder: string): string {
  const names = new Set(readdirSync(folder));
  if (names.has('model.json')) return join(folder, 'model.json');
  const unread = [...names].toSorted().find((name) => unreadFormatOf(name) !== null);
  if (unread === undefined) throw new Error('it is a folder without a model.json');
  return join(folder, unread);
}

/** A training history, told by its name; of JSON, what is no model by its name may be one. */
export function isHistory(path: string): boolean {
  return /\.(?:csv|tsv|log)$/iu.test(path) || /(?:^|[\\/_.-])hist[^\\/]*\.json$/iu.test(path);
}

/** Models are told by their names; everything else is read as answers. */
export function isModel(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return (
    status?.isDirectory() === true ||
    /\.(?:json|h5|hdf5|keras|pt|pth|ckpt|safetensors|onnx)$/iu.test(path) ||
    unreadFormatOf(path) !== null
  );
}

/** A file of answers. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): LabproofError {
  return cliError('inspect-unreadable', {
    message: `${path} cannot be read: ${reasonOf(error)}.`,
    fix: 'Name a model file (.h5, .keras, .pt, .onnx, model.json), a folder that holds a model.json, a training history (.csv) or a file of answers.',
    cause: error,
  });
}
