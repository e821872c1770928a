import type { Refusal } from '@labproof/submission';
import { graderErrors } from '../errors.ts';

/** What grading is at when every file has been read: one check of a question, or what a model does on a test set. */
export type WorkPiece =
  | { readonly kind: 'check'; readonly question: string; readonly check: number }
  | { readonly kind: 'evaluation'; readonly path: string; readonly hidden: boolean };

/** A piece of work that was ended from outside. */
export interface StoppedWork {
  readonly piece: WorkPiece;
  /** What it took, to follow "it took". */
  readonly took: string;
}

/** The pieces of work on one submission: which is in work, told to whoever may have to end it, and which were ended before. */
export class GradingWork {
  readonly #stopped: ReadonlyMap<string, string>;
  readonly #tell: (piece: WorkPiece | null) => void;
  #now: WorkPiece | null = null;

  constructor(
    stopped: readonly StoppedWork[],
    tell: (piece: WorkPiece | null) => void = () => undefined,
  ) {
    this.#stopped = new Map(stopped.map(({ piece, took }) => [keyOf(piece), took]));
    this.#tell = tell;
  }

  /** Why a piece is not begun again; `null` where it was not ended before. */
  refusal(piece: WorkPiece): Refusal | null {
    const took = this.#stopped.get(keyOf(piece));
    if (took === undefined) return null;
    return piece.kind === 'check'
      ? graderErrors.remark('check-stopped', {
          message: `This could not be looked at to the end: it took ${took}. It needs manual grading.`,
          fix: 'Hand in shorter answers, without large data in them; for the instructor: on a busy machine, grade again with a higher limit.',
        })
      : graderErrors.remark('evaluation-stopped', {
          message: `${piece.path} was read and not evaluated to the end: it took ${took}. This needs manual grading.`,
          fix: 'Hand in the network that the exercise describes; for the instructor: on a busy machine, grade again with a higher limit.',
        });
  }

  /** Tells that this piece begins; what is given back tells that it has ended and what it was a part of goes on. */
  begin(piece: WorkPiece): () => void {
    const before = this.#now;
    this.#set(piece);
    return () => this.#set(before);
  }

  #set(piece: WorkPiece | null): void {
    this.#now = piece;
    this.#tell(piece);
  }
}

/** The identity of a piece of work. */
export function keyOf(piece: WorkPiece): string {
  return piece.kind === 'check'
    ? JSON.stringify(['check', piece.question, piece.check])
    : JSON.stringify(['evaluation', piece.path, piece.hidden]);
}
