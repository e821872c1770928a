import type { TrainingImages } from './training.ts';
import { type Called, numberOf, UNKNOWN, type Value } from './values.ts';

/** Training and test images of torchvision's data sets. Source: their pages in torchvision's documentation. */
const SIZES: Readonly<Record<string, readonly [train: number, test: number]>> = {
  MNIST: [60_000, 10_000],
  FashionMNIST: [60_000, 10_000],
  KMNIST: [60_000, 10_000],
  CIFAR10: [50_000, 10_000],
  CIFAR100: [50_000, 10_000],
};
const NOT_SAID: TrainingImages = { count: null, of: null, problem: null };

/** `MNIST(root, train=True, …)` */
function knownSet(value: Value): { readonly count: number; readonly train: boolean } | null {
  if (value.type !== 'called') return null;
  const name = value.path.split('.').at(-1) ?? '';
  const sizes = Object.hasOwn(SIZES, name) ? SIZES[name] : undefined;
  if (sizes === undefined) return null;
  const given = value.named.get('train') ?? value.positional[1] ?? null;
  const train = given === null ? true : given.type === 'data' ? given.data : null;
  if (typeof train !== 'boolean' || value.unclear) return null;
  return { count: sizes[train ? 0 : 1], train };
}

const isSubset = ({ path }: Called): boolean => /(?:^|\.)Subset$/u.test(path);
/** What `random_split` gives for each of its shares. */
const PART = 'a part of random_split';

/** `len(…)` of a data set, of a list or of a range; `null` where nobody knows. */
export function lengthOf(value: Value | undefined): number | null {
  if (value?.type === 'list') return value.items.length;
  if (value?.type !== 'called') return null;
  const [first, second] = value.positional;
  if (value.path === 'range') {
    const span = rangeOf(value);
    return span === null ? null : span[1] - span[0];
  }
  if (isSubset(value)) return lengthOf(second ?? value.named.get('indices'));
  if (value.path === PART) return numberOf(second);
  return first !== undefined && value.path === 'list'
    ? lengthOf(first)
    : (knownSet(value)?.count ?? null);
}

/** From, and up to; `null` for steps and for what is not known. */
function rangeOf({ positional }: Called): readonly [number, number] | null {
  const [from, to, step] = positional.map(numberOf);
  if (step !== undefined && step !== 1) return null;
  if (from === null || from === undefined || to === null) return null;
  return to === undefined ? [0, Math.max(0, from)] : [from, Math.max(from, to)];
}

/**
 * The parts of `random_split(dataset, lengths)`: numbers of images, or shares of all of them, of which what is left by
 * rounding down goes to the parts in turn (`torch/utils/data/dataset.py`).
 */
export function randomParts({ positional, named }: Called): Value {
  const [set = UNKNOWN, given = named.get('lengths')] = positional;
  if (given?.type !== 'list') return UNKNOWN;
  const lengths = given.items.map(numberOf);
  const total = lengthOf(set);
  const shares = lengths.every((length) => length !== null && length > 0 && length < 1);
  if (shares && total === null) return UNKNOWN;
  const counts =
    shares && total !== null ? lengths.map((share) => Math.floor(total * (share ?? 0))) : lengths;
  if (shares && total !== null) {
    const rest = total - counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
    for (let at = 0; at < Math.min(rest, 1000); at += 1) {
      const place = at % counts.length;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const items = counts.map((count): Value => ({
    type: 'called',
    path: PART,
    positional: [set, count === null ? UNKNOWN : { type: 'data', data: count }],
    named: new Map(),
    unclear: false,
  }));
  return { type: 'list', items };
}

/** Which images a loader gives. */
export function imagesOf(loader: Called): TrainingImages {
  return imagesIn(loader.named.get('dataset') ?? loader.positional[0] ?? UNKNOWN);
}

function imagesIn(set: Value): TrainingImages {
  if (set.type !== 'called') return NOT_SAID;
  const [inner = set.named.get('dataset') ?? UNKNOWN, indices = set.named.get('indices')] =
    set.positional;
  if (/(?:^|\.)ConcatDataset$/u.test(set.path)) {
    return { ...NOT_SAID, problem: 'several data sets in one' };
  }
  if (set.path === PART || isSubset(set)) {
    const outer = imagesIn(inner);
    if (outer.problem !== null) return outer;
    if (set.path === PART) return { ...outer, count: lengthOf(set) };
    const span = spanOf(indices);
    return span?.[0] === 0
      ? { ...outer, count: outer.count === null ? span[1] : Math.min(span[1], outer.count) }
      : { ...NOT_SAID, problem: 'a choice of the images' };
  }
  const known = knownSet(set);
  if (known === null) return NOT_SAID;
  return known.train
    ? { count: known.count, of: known.count, problem: null }
    : { ...NOT_SAID, problem: 'a training with the test images' };
}

/** `range(a, b)`, also as a list. */
function spanOf(indices: Value | undefined): readonly [number, number] | null {
  if (indices?.type !== 'called') return null;
  if (indices.path === 'range') return rangeOf(indices);
  const [first] = indices.positional;
  return indices.path === 'list' ? spanOf(first) : null;
}
