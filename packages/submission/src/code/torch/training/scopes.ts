import type { Scope, Value } from './values.ts';

/** What everybody calls PyTorch's modules, where an import was not handed in. */
const USUAL: Readonly<Record<string, string>> = {
  nn: 'torch.nn',
  F: 'torch.nn.functional',
  optim: 'torch.optim',
  DataLoader: 'torch.utils.data.DataLoader',
};

/** The names that a training script gives values: those of the program, and of the functions that are being followed. */
export class Scopes {
  #scopes: Scope[] = [new Map()];

  get top(): Scope {
    return this.#scopes.at(-1)!;
  }

  /** The scopes that a function sees which is defined here. */
  get visible(): readonly Scope[] {
    return this.#scopes;
  }

  lookUp(name: string): Value {
    for (const scope of this.#scopes.toReversed()) {
      const value = scope.get(name);
      if (value !== undefined) return value;
    }
    return { type: 'path', path: (Object.hasOwn(USUAL, name) ? USUAL[name] : undefined) ?? name };
  }

  /** Follows a function's body in its own scope, which sees those around its definition. */
  within<Result>(around: readonly Scope[] | null, own: Scope, follow: () => Result): Result {
    const before = this.#scopes;
    this.#scopes = [...(around ?? before.slice(0, 1)), own];
    const result = follow();
    this.#scopes = before;
    return result;
  }

  /** Follows each branch from here; a name to which they give different values is not known after them. */
  branches(bodies: readonly (() => void)[]): void {
    const before = this.#scopes.map((scope) => new Map(scope));
    const ends = bodies.map((follow) => {
      for (const [index, scope] of this.#scopes.entries()) restore(scope, before[index]!);
      follow();
      return this.#scopes.map((scope) => new Map(scope));
    });
    for (const [index, scope] of this.#scopes.entries()) {
      restore(
        scope,
        merged(
          before[index]!,
          ends.map((end) => end[index]!),
        ),
      );
    }
  }
}

function restore(scope: Scope, values: ReadonlyMap<string, Value>): void {
  scope.clear();
  for (const [name, value] of values) scope.set(name, value);
}

/** What is known after branches: what all of those say that change it. */
function merged(before: Scope, ends: readonly Scope[]): Scope {
  const result: Scope = new Map(before);
  for (const name of new Set(ends.flatMap((end) => [...end.keys()]))) {
    const changed = new Set(
      ends.map((end) => end.get(name)).filter((value) => value !== before.get(name)),
    );
    const said = [...changed].filter((value) => value !== undefined);
    const [first, ...others] = said;
    if (first === undefined) continue;
    // A name that is only given a value under a condition keeps it; one that had another has either.
    const unsure = others.length > 0 || (before.has(name) && said.length < ends.length);
    result.set(name, unsure && first.type !== 'path' ? { type: 'unknown' } : first);
  }
  return result;
}
