import { Zip, ZipDeflate, ZipPassThrough, type ZipOptions, zipSync } from 'fflate';
import type { OutputFile } from './write-files.ts';

/** A file of an archive; `executable` where a system shall run it. */
export interface ArchivedFile extends OutputFile {
  readonly executable?: boolean;
}

/** Read as local time, which is also what the archive stores: the bytes do not depend on a clock or a time zone. */
const TIME = '1980-01-01T00:00:00';
const UNIX = 3;
const PERMISSIONS = { plain: 0o100644, executable: 0o100755 };

/** A zip of these files, in their order, the same bytes every time. */
export function zipFiles(files: readonly ArchivedFile[]): Uint8Array {
  const entries = files.map(({ path, content, executable }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const mode = executable === true ? PERMISSIONS.executable : PERMISSIONS.plain;
    // Unix permissions are the upper half of the entry's external attributes.
    const entry: [Uint8Array, ZipOptions] = [
      bytes,
      { mtime: TIME, os: UNIX, attrs: mode * 2 ** 16 },
    ];
    return [path, entry] as const;
  });
  return zipSync(Object.fromEntries(entries));
}

/** What is pressed already and is stored as it is. */
const STORED = /\.(?:pdf|zip)$/iu;

/** A zip that is written a file at a time, so that it need not fit into memory; the same bytes every time. */
export class ZipWriter {
  readonly #zip: Zip;
  #failed: Error | null = null;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) this.#failed = error;
      else write(bytes);
    });
  }

  add({ path, content }: OutputFile): void {
    const file = STORED.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    file.mtime = TIME;
    file.os = UNIX;
    file.attrs = PERMISSIONS.plain * 2 ** 16;
    this.#zip.add(file);
    file.push(typeof content === 'string' ? new TextEncoder().encode(content) : content, true);
    this.#check();
  }

  end(): void {
    this.#zip.end();
    this.#check();
  }

  #check(): void {
    if (this.#failed !== null) throw this.#failed;
  }
}
