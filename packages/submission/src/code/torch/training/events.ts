import type { Called, Loop, TrainingEvent, Value } from './values.ts';

const MOST_EVENTS = 1000;

const NOBODY: Called = {
  type: 'called',
  path: '',
  positional: [],
  named: new Map(),
  unclear: false,
};

/** What a training script does about its training, in order, and where it stands while it is gone through. */
export class TrainingEvents {
  readonly all: TrainingEvent[] = [];
  #loops: readonly Loop[] = [];
  #conditions = 0;
  /** Loops around the function that is being followed. */
  #outside = 0;

  /** Whether the function that is being followed stands in a loop of its own. */
  get inOwnLoop(): boolean {
    return this.#loops.length > this.#outside;
  }

  get inLoop(): boolean {
    return this.#loops.length > 0;
  }

  tell(kind: TrainingEvent['kind'], subject: Called, given: readonly Value[]): void {
    this.#add({ kind, subject, given, ...this.#place });
  }

  /** `by`: the call that it is told of. */
  note(kind: TrainingEvent['kind'], note = '', by: string | null = null): void {
    this.#add({ kind, subject: NOBODY, given: [], ...this.#place, note, by });
  }

  within<Result>(loop: Loop, follow: () => Result): Result {
    const before = this.#loops;
    this.#loops = [...before, loop];
    const result = follow();
    this.#loops = before;
    return result;
  }

  underCondition<Result>(follow: () => Result): Result {
    this.#conditions += 1;
    const result = follow();
    this.#conditions -= 1;
    return result;
  }

  inFunction<Result>(follow: () => Result): Result {
    const before = this.#outside;
    this.#outside = this.#loops.length;
    const result = follow();
    this.#outside = before;
    return result;
  }

  get #place(): Pick<TrainingEvent, 'loops' | 'conditional'> {
    return { loops: this.#loops, conditional: this.#conditions > 0 };
  }

  #add(event: TrainingEvent): void {
    if (this.all.length < MOST_EVENTS) this.all.push(event);
  }
}
