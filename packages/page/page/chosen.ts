import { DEFAULT_LIMITS, clutterFolder } from '@labproof/submission';
import type { Chosen, HandIn } from './worker/protocol.ts';

/** Past so many files nothing is read of a hand-in, so no more are looked for. */
const MOST = DEFAULT_LIMITS.submission.files + 1;

/** What was dropped: folders and files with all that is in them. The list is taken at once, while the drop lasts. */
export function droppedFiles(transfer: DataTransfer): Promise<HandIn | null> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.() ?? null).filter(
    (entry) => entry !== null,
  );
  if (entries.length === 0) return Promise.resolve(fromFiles([...transfer.files]));
  return fromEntries(entries);
}

async function fromEntries(entries: readonly FileSystemEntry[]): Promise<HandIn | null> {
  const chosen: Chosen[] = [];
  const [only] = entries;
  if (only === undefined) return null;
  if (entries.length === 1 && only.isDirectory) {
    await listEntry(only as FileSystemDirectoryEntry, '', chosen);
    return { name: only.name, kind: 'folder', chosen };
  }
  for (const entry of entries) await addEntry(entry, entry.name, chosen);
  return ofFiles(chosen);
}

async function addEntry(entry: FileSystemEntry, path: string, chosen: Chosen[]): Promise<void> {
  if (chosen.length > MOST) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    chosen.push({ path, file });
    return;
  }
  chosen.push({ path, file: null });
  // What is in it is not read, and may be a hundred thousand files.
  if (clutterFolder(entry.name) === null) {
    await listEntry(entry as FileSystemDirectoryEntry, `${path}/`, chosen);
  }
}

async function listEntry(
  folder: FileSystemDirectoryEntry,
  before: string,
  chosen: Chosen[],
): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || chosen.length > MOST) return;
    for (const entry of some) await addEntry(entry, before + entry.name, chosen);
  }
}

/** Files that were chosen in a dialog: those of one folder have paths that begin with its name. */
export function fromFiles(files: readonly File[]): HandIn | null {
  const [first] = files;
  if (first === undefined) return null;
  const root = first.webkitRelativePath.split('/')[0] ?? '';
  if (root !== '' && files.every((file) => file.webkitRelativePath.startsWith(`${root}/`))) {
    const chosen = files.map((file) => ({
      path: file.webkitRelativePath.slice(root.length + 1),
      file,
    }));
    return { name: root, kind: 'folder', chosen };
  }
  return ofFiles(files.map((file) => ({ path: file.name, file })));
}

/** Text that was pasted, as the file that it is. */
export function fromText(text: string): HandIn {
  const name = isNotebook(text) ? 'answers.ipynb' : 'answers.md';
  return { name: '', kind: 'folder', chosen: [{ path: name, file: new Blob([text]) }] };
}

function isNotebook(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' && value !== null && ('cells' in value || 'worksheets' in value)
    );
  } catch {
    return false;
  }
}

/** A .zip by itself is the hand-in; everything else is put together as it would lie in one folder. */
function ofFiles(chosen: readonly Chosen[]): HandIn {
  const [only] = chosen;
  return chosen.length === 1 && only?.file != null && /\.zip$/iu.test(only.path)
    ? { name: only.path, kind: 'zip', chosen }
    : { name: '', kind: 'folder', chosen };
}

/** Both together, as they would lie in one folder; of two files of one path the later one counts. */
export function together(before: HandIn | null, added: HandIn): HandIn {
  if (before === null) return added;
  const chosen = new Map([...before.chosen, ...added.chosen].map((one) => [one.path, one]));
  return {
    name: before.kind === 'folder' ? before.name : '',
    kind: 'folder',
    chosen: [...chosen.values()],
  };
}
