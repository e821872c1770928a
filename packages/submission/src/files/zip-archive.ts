import { type Entry, ERR_INVALID_CRC32, Reader, ZipReader } from '@zip.js/zip.js';
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
  /** As `inflate`; of an archive in memory, what lies in it uncompressed is given as it lies there, and nobody writes into it. */
  view(): Promise<Uint8Array>;
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
  const source = whole instanceof Uint8Array ? inMemory(whole) : whole;
  const reader = new ZipReader(new SourceReader(source), OPTIONS);
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
        view: async () => {
          const lying = archive instanceof Uint8Array ? whereItLies(entry, archive) : null;
          if (lying === null) return inflate(entry);
          await unpack(entry, (chunk, offset) => assertEnds(chunk, lying, offset));
          return lying;
        },
      };
    }
  } finally {
    await reader.close();
  }
}

/** Without copies: what is read is not written into. */
function inMemory(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
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

type FileEntry = Exclude<Entry, { directory: true }>;

async function inflate(entry: FileEntry): Promise<Uint8Array> {
  const content = new Uint8Array(entry.uncompressedSize);
  await unpack(entry, (chunk, offset) => content.set(chunk, offset));
  return content;
}

/** Takes the content of an entry piece by piece, which has the length and the checksum that the archive says, else it throws. */
async function unpack(
  entry: FileEntry,
  take: (chunk: Uint8Array, offset: number) => void,
): Promise<void> {
  let offset = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      if (offset + chunk.length > entry.uncompressedSize) {
        throw new Error(`${entry.filename} is larger than the archive says`);
      }
      take(chunk, offset);
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
  if (offset !== entry.uncompressedSize) {
    throw new Error(`${entry.filename} is smaller than the archive says`);
  }
}

const LOCAL_HEADER = 30;

/** The bytes of an entry that is stored as it is, behind its local header (APPNOTE.TXT, 4.3.7); `null` for any other. */
function whereItLies(entry: FileEntry, archive: Uint8Array): Uint8Array | null {
  const { offset, compressionMethod, compressedSize, uncompressedSize, encrypted } = entry;
  const isStored = compressionMethod === 0 && !encrypted && compressedSize === uncompressedSize;
  if (!isStored || offset + LOCAL_HEADER > archive.length) return null;
  const header = new DataView(archive.buffer, archive.byteOffset + offset, LOCAL_HEADER);
  if (header.getUint32(0, true) !== 0x04034b50) return null;
  const start = offset + LOCAL_HEADER + header.getUint16(26, true) + header.getUint16(28, true);
  const end = start + uncompressedSize;
  return end <= archive.length ? archive.subarray(start, end) : null;
}

/** Holds what was read to where it is taken from. */
function assertEnds(chunk: Uint8Array, lying: Uint8Array, offset: number): void {
  const last = chunk.length - 1;
  if (chunk[0] !== lying[offset] || chunk[last] !== lying[offset + last]) {
    throw new Error('an entry does not lie where the archive says');
  }
}
