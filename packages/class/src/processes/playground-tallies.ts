import { hashOf } from '@labproof/core';
import type { PlaygroundSettings, PlaygroundTally } from '@labproof/grader';

interface Pending {
  readonly tally: Promise<PlaygroundTally | null>;
  readonly settle: (tally: PlaygroundTally | null) => void;
}

/**
 * What playground networks came to in a class: equal settings are run once, however many submissions claim them and in
 * however many processes these are graded. A tally is a function of its settings, so nobody can tell whose run it was.
 */
export class PlaygroundTallies {
  readonly #known = new Map<string, Pending>();
  #runs = 0;

  /** How many settings were given to somebody to run. */
  get runs(): number {
    return this.#runs;
  }

  /**
   * The tally of some settings, as soon as whoever runs them is done; `null` for the first who asks, who has to run them
   * and then to call `settle`, or `abandon`.
   */
  async ask(settings: PlaygroundSettings): Promise<PlaygroundTally | null> {
    const key = hashOf(settings);
    for (;;) {
      const pending = this.#known.get(key);
      if (pending === undefined) {
        this.#runs += 1;
        this.#known.set(key, newPending());
        return null;
      }
      const tally = await pending.tally;
      if (tally !== null) return tally;
    }
  }

  settle(settings: PlaygroundSettings, tally: PlaygroundTally): void {
    this.#known.get(hashOf(settings))?.settle(tally);
  }

  /** Whoever ran the settings came to nothing: one of those who wait runs them now. */
  abandon(settings: PlaygroundSettings): void {
    const key = hashOf(settings);
    const pending = this.#known.get(key);
    this.#known.delete(key);
    pending?.settle(null);
  }
}

function newPending(): Pending {
  let settle: Pending['settle'] = () => undefined;
  const tally = new Promise<PlaygroundTally | null>((resolve) => {
    settle = resolve;
  });
  return { tally, settle };
}
