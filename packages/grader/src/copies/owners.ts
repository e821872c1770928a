/**
 * Who has what, and what of it who shares. A key that only one has, as most do, costs no list. Owners are numbers from 0,
 * given in ascending order.
 */
export class Owners {
  readonly #first = new Map<string | number, number>();
  readonly #shared = new Map<string | number, number[]>();

  add(key: string | number, owner: number): void {
    const first = this.#first.get(key);
    const shared = this.#shared.get(key);
    if (first === undefined) this.#first.set(key, owner);
    else if (shared === undefined) this.#shared.set(key, [first, owner]);
    else shared.push(owner);
  }

  /** The owners of each key that more than one has. */
  shared(): Iterable<readonly number[]> {
    return this.#shared.values();
  }
}

/** How often two are in a list together, by pair: `visit` is called with the lower number first. */
export function countPairs(
  lists: Iterable<readonly number[]>,
  count: number,
  visit: (a: number, b: number, together: number) => void,
): void {
  const pairs = new Map<number, number>();
  for (const list of lists) {
    for (const [at, a] of list.entries()) {
      for (let next = at + 1; next < list.length; next += 1) {
        const pair = a * count + (list[next] ?? 0);
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
    }
  }
  for (const [pair, together] of pairs) visit(Math.floor(pair / count), pair % count, together);
}
