import { z } from 'zod';
import { proportionInterval } from '../statistics/proportion.ts';
import { quantile } from '../statistics/spread.ts';
import type { PlaygroundConfig } from './config.ts';
import { playgroundPairs } from './config-name.ts';
import { runPlayground } from './run.ts';

/** How often a configuration got its test loss below a target, over consecutive seeds. */
export const PlaygroundMeasurementSchema = z.strictObject({
  /** `key=value` pairs, as `readPlaygroundConfig` takes them. */
  config: z.string(),
  firstSeed: z.int().nonnegative(),
  runs: z.int().positive(),
  successes: z.int().nonnegative(),
  /** Of the runs that succeeded, the median of the epoch in which they first did. */
  medianEpoch: z.number().nullable(),
  /** The lowest test loss after any epoch of any run, up to a run's success. */
  lowestTestLoss: z.number(),
});
export type PlaygroundMeasurement = z.infer<typeof PlaygroundMeasurementSchema>;

const DECIMALS = 6;

/** Runs a configuration from consecutive seeds, each until it succeeds or has had its epochs. */
export function measurePlayground(
  config: PlaygroundConfig,
  options: { firstSeed: number; runs: number; epochs: number; target: number },
): PlaygroundMeasurement {
  const { firstSeed, runs, epochs, target } = options;
  const results = Array.from(
    { length: runs },
    (_, index) =>
      runPlayground(config, firstSeed + index, { epochs, target, stopUnderTarget: true }).run,
  );
  const reached = results.flatMap(({ firstUnderTarget }) => firstUnderTarget ?? []);
  const lowest = Math.min(...results.map(({ lowestTestLoss }) => lowestTestLoss));
  return {
    config: playgroundPairs(config),
    firstSeed,
    runs,
    successes: reached.length,
    medianEpoch: reached.length === 0 ? null : quantile(reached, 0.5),
    lowestTestLoss: Number(lowest.toFixed(DECIMALS)),
  };
}

/** Wilson's 95 % interval of a measurement's success rate. */
export function successInterval(
  measurement: Pick<PlaygroundMeasurement, 'runs' | 'successes'>,
): [low: number, high: number] {
  return proportionInterval(measurement.successes, measurement.runs);
}
