import type { PlaygroundConfig } from './config.ts';
import type { PlaygroundPoint } from './point.ts';
import { PlaygroundSimulation } from './simulation.ts';

/** The square that the playground shows. */
const DOMAIN = [-6, 6] as const;

/** What a trained network says over the plane, and the points that it was trained and tested on. */
export interface PlaygroundBoundary {
  readonly seed: number;
  readonly testLoss: number;
  readonly grid: {
    readonly domain: readonly [low: number, high: number];
    /** Cells along a side; `values[row * size + column]` is the output at a cell's centre, rows from the bottom up. */
    readonly size: number;
    readonly values: Float64Array;
  };
  readonly points: readonly (PlaygroundPoint & { readonly part: 'training' | 'test' })[];
}

/** Trains a configuration from a seed and looks at its output on a grid. */
export function playgroundBoundary(
  config: PlaygroundConfig,
  seed: number,
  options: { epochs: number; size: number },
): PlaygroundBoundary {
  const simulation = PlaygroundSimulation.fromSeed(config, seed);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) simulation.step();
  return boundaryOf(simulation, { seed, size: options.size });
}

/** Looks at the output of a trained network on a grid; `seed` is the one that it was trained from. */
export function boundaryOf(
  simulation: PlaygroundSimulation,
  { seed, size }: { readonly seed: number; readonly size: number },
): PlaygroundBoundary {
  const [low, high] = DOMAIN;
  const centre = (cell: number): number => low + ((cell + 0.5) * (high - low)) / size;
  const places = Array.from({ length: size * size }, (_, cell) => ({
    x: centre(cell % size),
    y: centre(Math.floor(cell / size)),
  }));
  const { training, test } = simulation.data;
  return {
    seed,
    testLoss: simulation.testLoss(),
    grid: { domain: DOMAIN, size, values: simulation.outputs(places) },
    points: [
      ...training.map((point) => ({ ...point, part: 'training' as const })),
      ...test.map((point) => ({ ...point, part: 'test' as const })),
    ],
  };
}
