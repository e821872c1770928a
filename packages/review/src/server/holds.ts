/** How long an answer stays with who opened it last. */
const HELD_SECONDS = 120;

/** Who has which answer open, so that no two work on one at once. Only in memory: a restart frees all. */
export class Holds {
  readonly #seconds: () => number;
  readonly #held = new Map<string, { readonly reader: string; readonly until: number }>();
  readonly #at = new Map<string, string>();

  constructor(seconds: () => number) {
    this.#seconds = seconds;
  }

  /** A reader opens an answer and lets go of the one before; who had it first keeps it. */
  take(answer: string, reader: string): void {
    const before = this.#at.get(reader);
    if (before !== undefined && before !== answer) {
      if (this.#held.get(before)?.reader === reader) this.#held.delete(before);
    }
    this.#at.set(reader, answer);
    if (this.other(answer, reader) !== null) return;
    this.#held.set(answer, { reader, until: this.#seconds() + HELD_SECONDS });
  }

  /** Who else has it open; `null` where nobody does. */
  other(answer: string, reader: string): string | null {
    const hold = this.#held.get(answer);
    if (hold === undefined || hold.reader === reader || hold.until < this.#seconds()) return null;
    return hold.reader;
  }
}
