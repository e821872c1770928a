import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** An exercise that a night had to leave in the middle: its trials are kept under the night's date. */
const BegunSchema = z.strictObject({
  exercise: z.string(),
  night: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u),
  freshSeed: z.int().nonnegative(),
});
type Begun = z.infer<typeof BegunSchema>;

const OrderSchema = z.strictObject({
  /** `lab/exercise`, the one that has waited longest first. */
  waiting: z.array(z.string()),
  begun: BegunSchema.nullable(),
});

/**
 * In which order full nights with a time limit take the exercises, kept beside the trials of the nights: each begins with
 * what the last one left out, so that all get their turn however short the nights are.
 */
export class NightOrder {
  readonly #file: string;
  #waiting: readonly string[];
  #begun: Begun | null;

  private constructor(file: string, waiting: readonly string[], begun: Begun | null) {
    this.#file = file;
    this.#waiting = waiting;
    this.#begun = begun;
  }

  /** The order that the last night left in a folder. One that cannot be read says nothing: the labs' own order then holds. */
  static async read(nights: string): Promise<NightOrder> {
    const file = join(nights, 'order.json');
    try {
      const { waiting, begun } = OrderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      return new NightOrder(file, waiting, begun);
    } catch {
      return new NightOrder(file, [], null);
    }
  }

  /** What the last night left in the middle. */
  get begun(): Begun | null {
    return this.#begun;
  }

  /** Names in the order of their turns; what has never waited comes first. */
  sort(names: readonly string[]): string[] {
    const turn = (name: string): number =>
      name === this.#begun?.exercise ? Number.NEGATIVE_INFINITY : this.#waiting.indexOf(name);
    // Sorting is stable: what never waited keeps the labs' order.
    return names.toSorted((a, b) => turn(a) - turn(b));
  }

  /** An exercise has had its turn and waits behind all others of `names`. */
  done(name: string, names: readonly string[]): void {
    const others = this.sort([...new Set([...names, ...this.#waiting])]);
    this.#waiting = [...others.filter((other) => other !== name), name];
    if (this.#begun?.exercise === name) this.#begun = null;
  }

  /** An exercise was left in the middle and goes first. */
  begin(begun: Begun): void {
    this.#begun = begun;
  }

  async write(): Promise<void> {
    await mkdir(join(this.#file, '..'), { recursive: true });
    const order = { waiting: this.#waiting, begun: this.#begun };
    await writeFile(this.#file, `${JSON.stringify(order, null, 2)}\n`);
  }
}
