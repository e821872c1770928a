import { writeSync } from 'node:fs';
import type { WorkPiece } from '@labproof/grader';
import type { SubmissionFiles } from '@labproof/submission';

const STDERR = 2;

/** All files of a submission may take so many times the processor time of one. */
const TIMES_ONE_FILE = 4;

/** What a grading process is at: a file, all files together (their time is spent), or a piece of grading. */
export type WorkNote =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'files' }
  | WorkPiece;

/**
 * Notes in a grading process what of a submission it is at, so that whoever started it can tell what it was
 * that ended it. The notes go to stderr, which is all that a process leaves behind that is killed.
 */
export class WorkNotes {
  /** Processor seconds at which the process is to end: what the watchdog looks at. */
  readonly until: Float64Array<SharedArrayBuffer> = new Float64Array(
    new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT),
  ).fill(Number.POSITIVE_INFINITY);
  readonly #token: string;
  readonly #seconds: number;
  /** Processor seconds at which the reading of all files is to end; `null` where no file is read. */
  #readingUntil: number | null = null;

  /**
   * `token` tells the notes from everything that a library may write about a student's file; `seconds` of processor time
   * are for each file, and four times as many for all of them.
   */
  constructor(token: string, seconds: number) {
    this.#token = token;
    this.#seconds = seconds;
  }

  /** The same files, each with a note as its bytes are asked for. */
  noting({ files, ...others }: SubmissionFiles): SubmissionFiles {
    this.#readingUntil = processorSeconds() + TIMES_ONE_FILE * this.#seconds;
    return {
      ...others,
      files: files.map((file) => ({
        ...file,
        read: () => {
          this.#reads(file.path);
          return file.read();
        },
      })),
    };
  }

  /** From here on no file is read: what is slow now is not the fault of one. */
  read(): void {
    this.#readingUntil = null;
    this.until[0] = Number.POSITIVE_INFINITY;
    this.at(null);
  }

  /** Notes the piece of grading that is in work; `null`: none. */
  at(note: WorkNote | null): void {
    try {
      writeSync(STDERR, `\n${this.#token} ${JSON.stringify(note)}\n`);
    } catch {
      // A pipe that is full or gone takes no note; then the submission as a whole is at fault.
    }
  }

  #reads(path: string): void {
    // The digest of a submission takes its bytes once more.
    if (this.#readingUntil === null) return;
    const until = processorSeconds() + this.#seconds;
    this.until[0] = Math.min(until, this.#readingUntil);
    this.at(until > this.#readingUntil ? { kind: 'files' } : { kind: 'file', path });
  }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What the process was at when it ended, by what it wrote to stderr; `null` where it was at nothing of the submission's. */
export function lastNote(errors: string, token: string): WorkNote | null {
  const note = errors
    .split('\n')
    .findLast((line) => line.startsWith(`${token} `))
    ?.slice(token.length + 1);
  try {
    // Nobody else knows the token, so that nobody else has written this.
    return JSON.parse(note ?? 'null') as WorkNote | null;
  } catch {
    return null;
  }
}
