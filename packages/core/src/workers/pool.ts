import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Runs something for every item, so many side by side, and gives the results in the order of the items.
 * After the first failure no other item is begun; those that run are not waited for.
 */
export function mapSideBySide<Item, Result>(
  items: Iterable<Item>,
  width: number,
  run: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const limit = pLimit(Math.max(1, width));
  return limit.map(items, async (item, index) => {
    try {
      return await run(item, index);
    } catch (error) {
      limit.clearQueue();
      throw error;
    }
  });
}

/** A bounded number of places: who finds none waits, in the order of asking. */
export class Places {
  readonly #limit: LimitFunction;

  constructor(count: number) {
    this.#limit = pLimit(Math.max(1, count));
  }

  use<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.#limit(run);
  }
}

/** What a pool does with its workers. */
export interface PoolOptions<Worker> {
  /** So many work side by side; no more are kept, whatever they are for. */
  readonly most: number;
  readonly stop: (worker: Worker) => void | Promise<void>;
  /** Whether a worker is of no use any more; none is, unless told. */
  readonly isDead?: (worker: Worker) => boolean;
}

/** The work that a worker is started for. */
export interface WorkerKind<Worker> {
  /** Workers of one name do the same work. */
  readonly name: string;
  readonly start: () => Worker;
}

/**
 * Workers that stay ready between jobs, each for one kind of work and at one job at a time. They are started when they
 * are needed; where there are enough, one that is idle makes room for one of another kind.
 */
export class WorkerPool<Worker> {
  readonly #options: PoolOptions<Worker>;
  readonly #places: Places;
  readonly #idle: { readonly name: string; readonly worker: Worker }[] = [];
  readonly #all = new Set<Worker>();
  #stopped = false;

  constructor(options: PoolOptions<Worker>) {
    this.#options = options;
    this.#places = new Places(options.most);
  }

  /** Runs a job with a worker that nobody else uses. */
  use<Result>(kind: WorkerKind<Worker>, run: (worker: Worker) => Promise<Result>): Promise<Result> {
    return this.#places.use(async () => {
      const worker = await this.#take(kind);
      try {
        return await run(worker);
      } finally {
        if (this.#options.isDead?.(worker) === true) this.#all.delete(worker);
        else this.#idle.push({ name: kind.name, worker });
      }
    });
  }

  /** Stops all workers, also those that are at a job; nothing can be run afterwards. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const all = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(all.map((worker) => this.#options.stop(worker)));
  }

  async #take({ name, start }: WorkerKind<Worker>): Promise<Worker> {
    if (this.#stopped) throw new Error('the pool is stopped');
    const at = this.#idle.findIndex((idle) => idle.name === name);
    const [ready] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (ready !== undefined) return ready.worker;
    if (this.#all.size >= this.#options.most) {
      const other = this.#idle.shift();
      if (other !== undefined) {
        this.#all.delete(other.worker);
        await this.#options.stop(other.worker);
      }
    }
    const worker = start();
    this.#all.add(worker);
    return worker;
  }
}
