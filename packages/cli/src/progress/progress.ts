import type { Context } from '../program/context.ts';
import { duration } from './duration.ts';

/** How often a terminal line is redrawn, and how often a plain log gets a line, in seconds. */
const REDRAW_SECONDS = 0.1;
const LOG_SECONDS = 10;

const BAR_WIDTH = 24;

/**
 * Progress of one piece of work on stderr: a bar with the time left on a terminal; elsewhere a line at the beginning, at the
 * end and now and then.
 */
export class Progress {
  readonly #context: Context;
  readonly #title: string;
  readonly #started: number;
  #share = 0;
  #shown: number;
  #drawn = false;

  constructor(context: Context, title: string) {
    this.#context = context;
    this.#title = title;
    this.#started = context.now();
    this.#shown = context.interactive ? Number.NEGATIVE_INFINITY : this.#started;
    if (!context.interactive) context.err(`${title} …\n`);
  }

  /** `share` of the work is done (0 … 1); `detail` says on what it is. */
  update(share: number, detail: string): void {
    this.#share = Math.min(Math.max(share, 0), 1);
    const now = this.#context.now();
    if (now - this.#shown < (this.#context.interactive ? REDRAW_SECONDS : LOG_SECONDS)) return;
    this.#shown = now;
    const percent = `${Math.floor(this.#share * 100)} %`.padStart(5);
    const left = this.#timeLeft(now);
    if (this.#context.interactive) {
      const filled = Math.round(this.#share * BAR_WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
      this.#context.err(`\r\u001B[K${this.#title} ${bar} ${percent}  ${detail}  ${left}`);
      this.#drawn = true;
    } else {
      this.#context.err(`${this.#title}: ${percent.trim()}, ${detail}, ${left}\n`);
    }
  }

  /** A line of its own, above the bar. */
  log(line: string): void {
    this.#clear();
    this.#context.err(`${line}\n`);
  }

  /** Takes the bar away and says how long it took. */
  done(summary: string): void {
    this.#clear();
    this.#context.err(
      `${this.#title}: ${summary} (${duration(this.#context.now() - this.#started)})\n`,
    );
  }

  /** Takes the bar away, for an error that is reported elsewhere. */
  stop(): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#drawn) this.#context.err('\r\u001B[K');
    this.#drawn = false;
  }

  #timeLeft(now: number): string {
    const spent = now - this.#started;
    if (this.#share <= 0 || spent < 1) return 'time left unknown';
    return `${duration((spent * (1 - this.#share)) / this.#share)} left`;
  }
}
