import { classErrors } from '@labproof/class/browser';
import {
  DEFAULT_LIMITS,
  type FolderEntry,
  listFolder,
  readZip,
  type SubmissionFiles,
  withZipsOpened,
} from '@labproof/submission';
import type { Chosen, HandIn } from './protocol.ts';

/** Reads a file where it lies, as far as it is asked for; only a worker can do that without waiting. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** Opens what somebody chose as `openSubmission` opens what lies on a disk. Throws the same student's errors. */
export async function openChosen({ kind, chosen }: HandIn): Promise<SubmissionFiles> {
  const { submission: limits } = DEFAULT_LIMITS;
  const [first] = chosen;
  if (kind === 'zip' && first?.file != null) {
    const { file, path } = first;
    return readZip(
      {
        size: file.size,
        read: (offset, length) => bytesOf(file.slice(offset, offset + length), path),
      },
      limits,
    );
  }
  const folders = foldersOf(chosen);
  const entries = new Map(chosen.map((entry) => [entry.path, entry]));
  const listed = listFolder(
    {
      names: (folder) => [...(folders.get(folder) ?? [])],
      look: (path) => entryOf(entries.get(path)),
    },
    limits,
  );
  return withZipsOpened(listed, limits);
}

function entryOf(chosen: Chosen | undefined): FolderEntry {
  if (chosen === undefined || chosen.file === null) return { kind: 'folder' };
  const { file, path } = chosen;
  return { kind: 'file', bytes: file.size, read: () => bytesOf(file, path) };
}

/** The names in each folder that is on the way to something. */
function foldersOf(chosen: readonly Chosen[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const { path } of chosen) {
    let folder = '';
    for (const name of path.split('/')) {
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(name));
      folder = folder === '' ? name : `${folder}/${name}`;
    }
  }
  return folders;
}

function bytesOf(blob: Blob, path: string): Uint8Array {
  try {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob));
  } catch (error) {
    throw classErrors.error('file-unreadable', {
      message: `The file ${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'It may have been changed, moved or deleted since you chose it: choose it again.',
    });
  }
}
