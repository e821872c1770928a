import type { Pointer } from '../kernels.ts';
import type { Launcher } from './launcher.ts';
import type { PendingLaunch } from './launches.ts';

/** What a launch can do to its output before it stores it, as `tile.cuh` numbers it. */
const ENDINGS = { bias: 1, relu: 2, gate: 4 } as const;
type Ending = keyof typeof ENDINGS;

/** A launch that another pass over its output can join. */
export interface Joinable {
  readonly launch: PendingLaunch;
  readonly out: Pointer;
  readonly rows: number;
  readonly columns: number;
  /** Place of the pointer beside it among its arguments; the number of the endings comes after it. */
  readonly besideIndex: number;
}

/**
 * The passes that follow a product or a pooling's gradient at once: a bias, a relu, or the gradient of a relu. While the
 * launch has not left, they become its endings, which compute the same without reading and writing everything again.
 */
export class Endings {
  readonly #launcher: Launcher;
  #open: Joinable | null = null;

  constructor(launcher: Launcher) {
    this.#launcher = launcher;
  }

  /** Keeps a launch open for what comes next; `null`: nothing was launched. */
  offer(joinable: Joinable | null): void {
    this.#open = joinable;
  }

  /** Adds a bias of `columns` values to the output if that is at `out`; whether it has been done. */
  addBias(out: Pointer, bias: Pointer, rows: number, columns: number): boolean {
    const open = this.#openAt(out, rows * columns, []);
    if (open === null || open.columns !== columns) return false;
    this.#join(open, 'bias', bias);
    return true;
  }

  relu(out: Pointer, length: number): boolean {
    const open = this.#openAt(out, length, ['bias']);
    if (open === null) return false;
    this.#join(open, 'relu', null);
    return true;
  }

  /** Lets pass only what belongs to positive values at `gate`. */
  reluGradient(out: Pointer, gate: Pointer, length: number): boolean {
    const open = this.#openAt(out, length, []);
    if (open === null) return false;
    this.#join(open, 'gate', gate);
    return true;
  }

  /** The open launch if this is its output, nothing was launched since, and it has none but these endings yet. */
  #openAt(out: Pointer, length: number, before: readonly Ending[]): Joinable | null {
    const open = this.#open;
    const { launches } = this.#launcher;
    if (open === null || open.launch.number !== launches.last) return null;
    if (open.out !== out || open.rows * open.columns !== length) return null;
    const present = launches.argument(open.launch, open.besideIndex + 1);
    const allowed = before.reduce((sum, ending) => sum + ENDINGS[ending], 0);
    return present === 0 || present === allowed ? open : null;
  }

  #join({ launch, besideIndex }: Joinable, ending: Ending, beside: Pointer | null): void {
    const { launches, memory } = this.#launcher;
    if (beside !== null) launches.setArgument(launch, besideIndex, memory.resolve(beside));
    const present = launches.argument(launch, besideIndex + 1);
    launches.setArgument(launch, besideIndex + 1, present + ENDINGS[ending]);
  }
}
