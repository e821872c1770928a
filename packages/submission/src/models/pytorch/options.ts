import { TorchLayerProblem, type TorchLayer, type TorchOption } from '../../code/torch/layer.ts';

type Pair = readonly [vertical: number, horizontal: number];

/** Reads a layer's options, each with PyTorch's default; anything unexpected is a `TorchLayerProblem`. */
export class Options {
  readonly #layer: TorchLayer;

  constructor(layer: TorchLayer) {
    this.#layer = layer;
  }

  whole(name: string, fallback?: number): number {
    const value = this.#get(name) ?? fallback;
    if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
    throw this.problem(name);
  }

  number(name: string, fallback: number): number {
    const value = this.#get(name) ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.problem(name);
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#get(name) ?? fallback;
    if (typeof value === 'boolean') return value;
    throw this.problem(name);
  }

  text(name: string, fallback: string): string {
    const value = this.#get(name) ?? fallback;
    if (typeof value === 'string') return value;
    throw this.problem(name);
  }

  /** One number for both directions, or (vertical, horizontal). */
  pair(name: string, fallback?: Pair): Pair {
    const value = this.#get(name) ?? fallback;
    const [vertical, horizontal] = typeof value === 'number' ? [value, value] : list(value);
    const sound = [vertical, horizontal].every(
      (each) => Number.isSafeInteger(each) && Number(each) >= 0,
    );
    if (sound && vertical !== undefined && horizontal !== undefined) return [vertical, horizontal];
    throw this.problem(name);
  }

  list(name: string): readonly number[] {
    const value = this.#get(name);
    if (value !== undefined && Array.isArray(value)) return list(value);
    if (typeof value === 'number') return [value];
    throw this.problem(name);
  }

  /** Refuses a layer unless an option has its default. */
  only(name: string, allowed: TorchOption): void {
    const value = this.#get(name) ?? allowed;
    const same = JSON.stringify(value) === JSON.stringify(allowed);
    const pairwise = Array.isArray(value) && value.every((each) => each === allowed);
    if (!same && !pairwise) throw this.problem(name);
  }

  problem(name: string): TorchLayerProblem {
    const value = this.#layer.options[name];
    return new TorchLayerProblem(
      value === undefined
        ? `its option ${name} is not known`
        : `its option ${name} = ${JSON.stringify(value)} is not supported`,
    );
  }

  #get(name: string): TorchOption | undefined {
    return Object.hasOwn(this.#layer.options, name)
      ? (this.#layer.options[name] ?? undefined)
      : undefined;
  }
}

function list(value: TorchOption | undefined): readonly number[] {
  return Array.isArray(value) ? (value as readonly number[]) : [];
}
