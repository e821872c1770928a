/** Counts steps of work on a document, up to a limit: what takes longer is no program of a student's. */
export class Effort {
  readonly #most: number;
  #spent = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get spent(): number {
    return this.#spent;
  }

  get isOver(): boolean {
    return this.#spent > this.#most;
  }

  /** Takes steps; `false` when there are none left. */
  spend(steps = 1): boolean {
    this.#spent += steps;
    return !this.isOver;
  }
}
