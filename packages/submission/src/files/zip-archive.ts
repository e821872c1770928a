import { type Entry, ERR_INVALID_CRC32, Reader, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import type { ByteSource } from './byte-source.ts';
import { withoutIdleZip64 } from './idle-zip64.ts';

/** A member of a .zip that is neither a folder nor read yet. */
export interface ZipMember {
  /** As the archive writes it, with `/` between the parts. */
  readonly name: string;
  /** Size in bytes, as the archive declares it. */
  readonly bytes: number;
  readonly encrypted: boolean;
  /** The Unix file mode; 0 where the archive does not say. */
  readonly mode: number;
  /** The content: exactly `bytes` long and of the declared checksum, else it throws. Never holds more than `bytes`. */
  inflate(): Promise<Uint8Array>;
}

/** No workers, no checks left out: the checksum is compared, and two entries may not share bytes of the archive. */
const OPTIONS = {
  useWebWorkers: false,
  checkSignature: true,
  checkOverlappingEntry: true,
} as const;

/**
 * The members of a .zip one by one, without inflating any. Throws on what is no .zip, on damage, and on names that
 * leave the archive (`..`, absolute paths, drive letters).
 */
export async function* zipMembers(
  archive: Uint8Array | ByteSource,
): AsyncGenerator<ZipMember, void> {
  const whole = archive instanceof Uint8Array ? withoutIdleZip64(archive) : archive;
  const source =
    whole instanceof Uint8Array ? new Uint8ArrayReader(whole) : new SourceReader(whole);
  const reader = new ZipReader(source, OPTIONS);
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      const name = entry.filename.replaceAll('\\', '/');
      assertInside(name);
      if (entry.directory || name.endsWith('/')) continue;
      yield {
        name,
        bytes: entry.uncompressedSize,
        encrypted: entry.encrypted,
        // The upper half of the external attributes holds the Unix mode.
        mode: (entry.externalFileAttributes ?? 0) >>> 16,
        inflate: () => inflate(entry),
      };
    }
  } finally {
    await reader.close();
  }
}

class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super(source);
    this.#source = source;
    this.size = source.size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    return this.#source.read(offset, Math.min(length, this.#source.size - offset));
  }
}

function assertInside(name: string): void {
  if (/^(?:\/|[A-Za-z]:)/u.test(name)) throw new Error(`the name ${name} is an absolute path`);
  if (name.split('/').includes('..')) throw new Error(`the name ${name} leaves the archive`);
}

async function inflate(entry: Exclude<Entry, { directory: true }>): Promise<Uint8Array> {
  const content = new Uint8Array(entry.uncompressedSize);
  let offset = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      if (offset + chunk.length > content.length) {
        throw new Error(`${entry.filename} is larger than the archive says`);
      }
      content.set(chunk, offset);
      offset += chunk.length;
    },
  });
  try {
    await entry.getData(sink, OPTIONS);
  } catch (error) {
    if (error instanceof Error && error.message === ERR_INVALID_CRC32) {
      throw new Error(`the content of ${entry.filename} does not match its checksum`, {
        cause: error,
      });
    }
    throw error;
  }
  if (offset !== content.length) {
    throw new Error(`${entry.filename} is smaller than the archive says`);
  }
  return content;
}
