import { z } from 'zod';
import type { PlaygroundConfig } from './config.ts';
import { readPlaygroundConfig } from './config-text.ts';
import {
  type PlaygroundMeasurement,
  PlaygroundMeasurementSchema,
  successInterval,
} from './measurement.ts';

/**
 * The search for the least network that gets below a target: every network of a list is tried with every training
 * setting of a grid over a few seeds, and its best setting again over many fresh ones.
 */
export const PlaygroundSweepSchema = z.strictObject({
  target: z.number(),
  epochs: z.int().positive(),
  grid: z.strictObject({
    activations: z.array(z.string()),
    learningRates: z.array(z.number()),
    batchSizes: z.array(z.int()),
    /** Training shares in percent: the first is used for the screening, all for the confirmation. */
    shares: z.array(z.number()),
  }),
  screening: z.array(PlaygroundMeasurementSchema),
  confirmation: z.array(PlaygroundMeasurementSchema),
  /** A published network with its own number of epochs. */
  claim: z
    .strictObject({ epochs: z.int().positive(), measurement: PlaygroundMeasurementSchema })
    .nullable(),
});
export type PlaygroundSweep = z.infer<typeof PlaygroundSweepSchema>;

/** A network of a sweep with what its best setting reached on fresh seeds. */
export interface SweptNetwork {
  readonly config: PlaygroundConfig;
  readonly hidden: number;
  readonly measurement: PlaygroundMeasurement;
}

/** The size of a network by the order of what is less: hidden neurons, then hidden layers, then inputs. */
export function networkSize({
  networkShape,
  features,
}: Pick<PlaygroundConfig, 'networkShape' | 'features'>): [
  hidden: number,
  layers: number,
  inputs: number,
] {
  return [
    networkShape.reduce((sum, units) => sum + units, 0),
    networkShape.length,
    features.length,
  ];
}

/** The confirmed networks from the least up; of one size the more successful first. */
export function sweptNetworks({ confirmation }: PlaygroundSweep): SweptNetwork[] {
  return confirmation
    .map((measurement) => {
      const config = readPlaygroundConfig(measurement.config);
      return { config, hidden: networkSize(config)[0], measurement };
    })
    .toSorted((a, b) => {
      const [first, second] = [networkSize(a.config), networkSize(b.config)];
      const at = first.findIndex((value, index) => value !== second[index]);
      if (at >= 0) return (first[at] ?? 0) - (second[at] ?? 0);
      return b.measurement.successes - a.measurement.successes;
    });
}

/**
 * The least network that has succeeded at all on fresh seeds, and the least that does so more often than not: the lower
 * end of its interval is above one half.
 */
export function leastNetworks(sweep: PlaygroundSweep): {
  possible: SweptNetwork | null;
  reliable: SweptNetwork | null;
} {
  const networks = sweptNetworks(sweep);
  return {
    possible: networks.find(({ measurement }) => measurement.successes > 0) ?? null,
    reliable: networks.find(({ measurement }) => successInterval(measurement)[0] > 0.5) ?? null,
  };
}
