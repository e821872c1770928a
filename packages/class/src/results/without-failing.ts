import { LabproofError } from '@labproof/core';

/**
 * Runs something over all items, and where it throws without meaning to, over those that go well together: halves are tried
 * until the one that fails is found, told and left out. `null` where nothing goes well. What is thrown as an error of the
 * catalogue is meant and goes on.
 */
export function withoutFailing<Item, Result>(
  items: readonly Item[],
  run: (items: readonly Item[]) => Result,
  leftOut: (item: Item, error: unknown) => void,
): Result | null {
  const whole = attempt(run, items);
  if ('result' in whole) return whole.result;
  const good = goodOnes([], items, run, leftOut);
  return good.length === 0 ? null : run(good);
}

/** What goes well already, and those of some more that go well with it. */
function goodOnes<Item>(
  before: readonly Item[],
  some: readonly Item[],
  run: (items: readonly Item[]) => unknown,
  leftOut: (item: Item, error: unknown) => void,
): readonly Item[] {
  const [only] = some;
  if (only === undefined) return before;
  const together = attempt(run, [...before, ...some]);
  if ('result' in together) return [...before, ...some];
  if (some.length === 1) {
    leftOut(only, together.error);
    return before;
  }
  const middle = Math.ceil(some.length / 2);
  const first = goodOnes(before, some.slice(0, middle), run, leftOut);
  return goodOnes(first, some.slice(middle), run, leftOut);
}

function attempt<Item, Result>(
  run: (items: readonly Item[]) => Result,
  items: readonly Item[],
): { readonly result: Result } | { readonly error: unknown } {
  try {
    return { result: run(items) };
  } catch (error) {
    if (error instanceof LabproofError) throw error;
    return { error };
  }
}
