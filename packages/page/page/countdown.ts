/** Milliseconds between two looks at the clock. */
const TICK = 1000;

/**
 * Counts time that something may take, but not while it waits for what is no work of its own, nor while the computer
 * sleeps: from one look at the clock to the next no more than two ticks are counted.
 */
export class Countdown {
  #left: number;
  #seen = 0;
  #timer: ReturnType<typeof setInterval> | null = null;
  readonly #onEnd: () => void;

  /** Begins to count; `onEnd` is called once, when so many milliseconds are over. */
  constructor(milliseconds: number, onEnd: () => void) {
    this.#left = milliseconds;
    this.#onEnd = onEnd;
    this.goOn();
  }

  goOn(): void {
    if (this.#timer !== null) return;
    this.#seen = performance.now();
    this.#timer = setInterval(() => this.#count(), TICK);
  }

  pause(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #count(): void {
    const now = performance.now();
    this.#left -= Math.min(now - this.#seen, 2 * TICK);
    this.#seen = now;
    if (this.#left > 0) return;
    this.pause();
    this.#onEnd();
  }
}
