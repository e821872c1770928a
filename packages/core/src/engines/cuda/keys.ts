import type { Pointer } from '../kernels.ts';
import type { StreamKey } from '../../streams/streams.ts';
import type { DeviceMemory } from './memory.ts';

/** The streams' keys where kernels find them: for every stream one key a trial, side by side. */
export class StreamKeys {
  readonly #memory: DeviceMemory;
  readonly #trials: number;
  readonly #pointers = new Map<string, Pointer>();

  constructor(memory: DeviceMemory, trials: number) {
    this.#memory = memory;
    this.#trials = trials;
  }

  /** Says which key each trial has where the first one has `keys[0]`. */
  register(keys: readonly StreamKey[]): Pointer {
    const [first] = keys;
    if (first === undefined || keys.length !== this.#trials) {
      throw new RangeError(`a stream has one key for each of ${this.#trials} trials`);
    }
    const pointer = this.#memory.allocateCommon(Uint32Array.from(keys.flat()));
    this.#pointers.set(first.join('/'), pointer);
    return pointer;
  }

  /** Where the keys of a stream lie, named by the first trial's. */
  find(key0: number, key1: number): Pointer {
    const known = this.#pointers.get(`${key0}/${key1}`);
    if (known !== undefined) return known;
    if (this.#trials > 1) throw new Error('a stream of trials side by side was not registered');
    return this.register([[key0, key1]]);
  }

  forget(): void {
    this.#pointers.clear();
  }
}
