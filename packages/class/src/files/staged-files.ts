import { reasonOf } from '@labproof/core';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { classError } from '../errors.ts';

/**
 * Files that appear together or not at all: each is written beside its place, and `commit` renames them into their
 * places in the order in which they were finished. What was added need not fit into memory at once.
 * Throws an instructor's error where the folder cannot be written.
 */
export class StagedFiles {
  readonly #folder: string;
  #staged: Staged[] = [];
  /** Files that were begun, by their descriptor. */
  readonly #open = new Map<number, Staged>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Adds a whole file; its path is relative to the folder. */
  add(path: string, content: string | Uint8Array): void {
    this.#orExplain(() => {
      const place = this.#place(path);
      this.#staged.push(place);
      writeFileSync(place.from, content, { flush: true });
    });
  }

  /** Begins a file that is written in parts; it counts as finished when it has been ended. */
  begin(path: string): StagedFile {
    return this.#orExplain(() => {
      const place = this.#place(path);
      const file = openSync(place.from, 'w');
      this.#open.set(file, place);
      return {
        write: (part): void => this.#orExplain(() => writeWhole(file, part)),
        end: (): void =>
          this.#orExplain(() => {
            fsyncSync(file);
            this.#staged.push(place);
            this.#open.delete(file);
            closeSync(file);
          }),
      };
    });
  }

  /** Puts every file into its place. */
  commit(): void {
    this.#orExplain(() => {
      for (const { from, to } of this.#staged) renameSync(from, to);
    });
    this.#staged = [];
  }

  /** Takes away what has not been put into its place; nothing after `commit`. */
  discard(): void {
    for (const [file, place] of this.#open) {
      closeSync(file);
      this.#staged.push(place);
    }
    this.#open.clear();
    for (const { from } of this.#staged) discard(from);
    this.#staged = [];
  }

  #place(path: string): Staged {
    const to = join(this.#folder, path);
    mkdirSync(dirname(to), { recursive: true });
    return { from: `${to}.part`, to };
  }

  #orExplain<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw outputError(this.#folder, error);
    }
  }
}

interface Staged {
  readonly from: string;
  readonly to: string;
}

/** A file that is written in parts; it is in the set when it has been ended. */
export interface StagedFile {
  write(part: string | Uint8Array): void;
  end(): void;
}

/** A write to a disk that is nearly full may end early without an error. */
function writeWhole(file: number, part: string | Uint8Array): void {
  const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Removes a staged file; that this fails too must not hide why writing failed. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What stands there was not ours.
  }
}

export function outputError(folder: string, error: unknown): Error {
  const full =
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return classError(full ? 'output-disk-full' : 'output-not-writable', {
    message: full
      ? `The disk is full: the results do not fit into ${folder}.`
      : `The results cannot be written to ${folder}: ${reasonOf(error)}.`,
    fix: full
      ? 'Free some space and run the command again.'
      : 'Name a folder that this account may write to.',
    cause: error,
  });
}
