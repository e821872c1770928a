import { sizeOf } from '../../layers/layer.ts';
import type { ModelPlan, PlannedLayer } from '../../model/plan.ts';

/**
 * How a network is evaluated a few examples at a time: what its first layers write is then still in the cache when the
 * next one reads it. Every example is computed by itself, so no bit depends on it.
 */
export interface Strips {
  /** So many layers from the first on are taken in strips. */
  readonly layers: number;
  /** Values of an example that the last of these gives. */
  readonly outputLength: number;
  /** Examples of a strip. */
  readonly rows: number;
}

/** Bytes between two layers that stay in the cache of a core. */
const CACHED = 1 << 20;

/** Weights that are fetched again for each strip cost less than that up to so many; those of a dense layer cost more. */
const MOST_WEIGHTS = 1 << 16;

/** With fewer examples the work on weights before each convolution would show. */
const LEAST_ROWS = 4;

/** `null` where all examples fit at once, and for networks that branch. `threads` share a strip. */
export function planStrips(plan: ModelPlan, rows: number, threads: number): Strips | null {
  const { layers } = plan;
  const isChain = layers.every(
    ({ kind, inbound, sharedWith }, index) =>
      kind === 'layer' && sharedWith === null && inbound.length === 1 && inbound[0] === index - 1,
  );
  if (!isChain) return null;
  const heavy = layers.findIndex(({ parameters }) => parameters > MOST_WEIGHTS);
  const count = heavy === -1 ? layers.length - 1 : heavy;
  const last = layers[count - 1];
  if (last === undefined) return null;
  const widest = Math.max(...layers.slice(0, count).map(bytesBetween));
  const fitting = Math.max(LEAST_ROWS, Math.floor(CACHED / widest)) * threads;
  return fitting >= rows
    ? null
    : { layers: count, outputLength: sizeOf(last.outputShape), rows: fitting };
}

/** What a layer reads and writes of an example. */
function bytesBetween({ inputShape, outputShape }: PlannedLayer): number {
  return 4 * (sizeOf(inputShape) + sizeOf(outputShape));
}
