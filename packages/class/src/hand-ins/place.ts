import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { clutterFolder, clutterReason, compareText } from '@labproof/submission';

/** A file or folder among which hand-ins are looked for: on the disk, or in a .zip with a whole class in it. */
export interface Place {
  /** As messages name it. */
  readonly path: string;
  readonly name: string;
  /** `unopenable`: its name is in no encoding that can be given back to the system. `other`: a link, a device. */
  readonly kind: 'folder' | 'file' | 'other' | 'unopenable';
  /** Where it is when its files are to be read. */
  readonly at: { readonly path: string; readonly inside?: string };
  /** What is in a folder, in code-unit order of the names, what programs leave there included; nothing for a file. */
  children(): readonly Place[];
  /** The bytes of a file. */
  read(): Promise<Uint8Array>;
}

/** A file or folder on the disk. */
export function diskPlace(path: string, name: string = basename(resolve(path))): Place {
  const status = lstatSync(path, { throwIfNoEntry: false });
  const kind =
    status === undefined
      ? 'unopenable'
      : status.isDirectory()
        ? 'folder'
        : status.isFile()
          ? 'file'
          : 'other';
  return {
    path,
    name,
    kind,
    at: { path },
    children: () =>
      kind === 'folder'
        ? readdirSync(path)
            .toSorted(compareText)
            .map((child) => diskPlace(join(path, child), child))
        : [],
    read: async () => readFileSync(path),
  };
}

/** The folder that a path of the command line leads to; only there a link is followed. */
export function givenFolder(path: string): Place {
  const place = diskPlace(path);
  return {
    ...place,
    kind: 'folder',
    children: () =>
      readdirSync(path)
        .toSorted(compareText)
        .map((child) => diskPlace(join(path, child), child)),
  };
}

/** Why a place is none of anybody's work; else `null`. */
export function clutterOf({ kind, name }: Place): string | null {
  return kind === 'folder' ? clutterFolder(name) : clutterReason(name);
}

/** What is in a folder, without what programs leave there. */
export function contents(place: Place): Place[] {
  return place.children().filter((child) => clutterOf(child) === null);
}

export function isZip({ kind, name }: Place): boolean {
  return kind === 'file' && name.toLowerCase().endsWith('.zip');
}

export function isFolder({ kind }: Place): boolean {
  return kind === 'folder';
}

/** A name without the ending of an archive: "amy" of amy.zip and amy.tar.gz. */
export function withoutArchive(name: string): string {
  return name.replace(/(?:\.tar)?\.(?:zip|7z|rar|tar|tgz|txz|tbz2?|gz|xz|bz2|zst|lz4)$/iu, '');
}
