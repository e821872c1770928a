import type { Context } from '../program/context.ts';

/**
 * The end of a night that was given so many seconds. The clock is looked at between exercises and whenever a trial has
 * come further, so a night ends a moment after its time and never in the middle of a write.
 */
export class TimeLimit {
  readonly #context: Context;
  readonly #end: number;
  readonly #controller = new AbortController();

  /** `seconds` from now on; `null` never ends. */
  constructor(context: Context, seconds: number | null) {
    this.#context = context;
    this.#end = seconds === null ? Number.POSITIVE_INFINITY : context.now() + seconds;
  }

  /** Looks at the clock. */
  get reached(): boolean {
    if (!this.#controller.signal.aborted && this.#context.now() >= this.#end) {
      this.#controller.abort();
    }
    return this.#controller.signal.aborted;
  }

  /** The context in which work ends with the limit as it does with Ctrl-C. */
  get context(): Context {
    const signal = AbortSignal.any([this.#context.signal, this.#controller.signal]);
    return { ...this.#context, signal };
  }

  /** Whether work was ended by the limit, and not by somebody. */
  get ended(): boolean {
    return this.#controller.signal.aborted && !this.#context.signal.aborted;
  }
}
