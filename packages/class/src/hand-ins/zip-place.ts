import { LabproofError } from '@labproof/core';
import { basename, resolve } from 'node:path';
import { type ByteSource, compareText, plainPath, zipMembers } from '@labproof/submission';
import type { Place } from './place.ts';
import { withZipFile } from './zip-file.ts';
import { classError } from '../errors.ts';

/** More files than any class has handed in; a list of so many names is held in memory. */
const MOST_MEMBERS = 500_000;
/** A download of a class is read in many small pieces; its list of names may be so many bytes. */
const MOST_NAMES = 2 ** 26;

interface Node {
  /** `null` for a file. */
  readonly children: Map<string, Node> | null;
}

/**
 * What is in a .zip on the disk, by its list of contents alone; `null` where it cannot be read as a .zip, which whoever
 * reads its files says in detail. Throws the instructor's `class-zip-too-large`.
 */
export async function zipPlace(path: string): Promise<Place | null> {
  const root: Node = { children: new Map() };
  try {
    await withZipFile(path, (archive) => readTree(archive, root, path));
  } catch (error) {
    if (error instanceof LabproofError && error.owner === 'instructor') throw error;
    return null;
  }
  return placeOf(path, root, '', basename(resolve(path)));
}

async function readTree(archive: ByteSource, root: Node, path: string): Promise<void> {
  let members = 0;
  let characters = 0;
  for await (const member of zipMembers(archive)) {
    members += 1;
    characters += member.name.length;
    if (members > MOST_MEMBERS || characters > MOST_NAMES) {
      throw classError('class-zip-too-large', {
        message: `${path} holds more than ${MOST_MEMBERS} files or names without end.`,
        fix: 'Unpack it and name the folder that holds the submissions.',
      });
    }
    insert(root, plainPath(member.name).split('/'));
  }
}

function insert(root: Node, parts: readonly string[]): void {
  let node = root;
  for (const [index, part] of parts.entries()) {
    if (node.children === null) return;
    const known = node.children.get(part);
    const next = known ?? { children: index === parts.length - 1 ? null : new Map() };
    node.children.set(part, next);
    node = next;
  }
}

function placeOf(archive: string, node: Node, inside: string, name: string): Place {
  const { children } = node;
  return {
    path: inside === '' ? archive : `${archive}/${inside}`,
    name,
    kind: children === null ? 'file' : 'folder',
    at: { path: archive, inside },
    children: () =>
      [...(children ?? new Map<string, Node>())]
        .toSorted(([a], [b]) => compareText(a, b))
        .map(([child, below]) =>
          placeOf(archive, below, inside === '' ? child : `${inside}/${child}`, child),
        ),
    read: () => memberOf(archive, inside),
  };
}

async function memberOf(archive: string, inside: string): Promise<Uint8Array> {
  return withZipFile(archive, async (source) => {
    for await (const member of zipMembers(source)) {
      if (plainPath(member.name) === inside && member.bytes <= MOST_NAMES) return member.inflate();
    }
    throw new Error(`${inside} cannot be read in ${archive}`);
  });
}
