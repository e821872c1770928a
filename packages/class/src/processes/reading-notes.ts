import { writeSync } from 'node:fs';
import type { SubmissionFiles } from '@labproof/submission';

const STDERR = 2;

/**
 * Notes in a grading process at which file of a submission it is, so that whoever started it can tell which one it was
 * that ended it. The notes go to stderr, which is all that a process leaves behind that is killed.
 */
export class ReadingNotes {
  /** Processor seconds at which the process is to end: what the watchdog looks at. */
  readonly until: Float64Array<SharedArrayBuffer> = new Float64Array(
    new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT),
  ).fill(Number.POSITIVE_INFINITY);
  readonly #token: string;
  readonly #seconds: number;
  #reading = false;

  /**
   * `token` tells the notes from everything that a library may write about a student's file; `seconds` of processor time
   * are for each file.
   */
  constructor(token: string, seconds: number) {
    this.#token = token;
    this.#seconds = seconds;
  }

  /** The same files, each with a note as its bytes are asked for. */
  noting({ files, ...others }: SubmissionFiles): SubmissionFiles {
    this.#reading = true;
    return {
      ...others,
      files: files.map((file) => ({
        ...file,
        read: () => {
          this.#note(file.path);
          return file.read();
        },
      })),
    };
  }

  /** From here on no file is read: what is slow now is not the fault of one. */
  done(): void {
    this.#reading = false;
    this.until[0] = Number.POSITIVE_INFINITY;
    this.#write(null);
  }

  #note(path: string): void {
    // The digest of a submission takes its bytes once more.
    if (!this.#reading) return;
    const { user, system } = process.cpuUsage();
    this.until[0] = (user + system) / 1e6 + this.#seconds;
    this.#write(path);
  }

  #write(path: string | null): void {
    try {
      writeSync(STDERR, `\n${this.#token} ${JSON.stringify(path)}\n`);
    } catch {
      // A pipe that is full or gone takes no note; then the submission as a whole is at fault.
    }
  }
}

/** The file at which a process was when it ended, by what it wrote to stderr; `null` where it was at none. */
export function lastNote(errors: string, token: string): string | null {
  const note = errors
    .split('\n')
    .findLast((line) => line.startsWith(`${token} `))
    ?.slice(token.length + 1);
  try {
    const path: unknown = JSON.parse(note ?? 'null');
    return typeof path === 'string' ? path : null;
  } catch {
    return null;
  }
}
