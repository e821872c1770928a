import { sha256Hex } from '../digest.ts';
import type { PlaygroundConfig } from './config.ts';
import { featureValues } from './features.ts';
import { initialParameters, PlaygroundNetwork } from './network.ts';
import type { PlaygroundPoint } from './point.ts';
import { type PlaygroundData, playgroundData } from './points.ts';

/** Losses after an epoch: means of ½ (output − label)² over the points. Epoch 0 is before training. */
export interface PlaygroundEpoch {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number;
}

/** Points as a network takes them. */
interface Examples {
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
}

/**
 * One seeded run of the playground, an epoch at a time, as `reset` and `oneStep` of src/playground.ts do it
 * (github.com/tensorflow/playground, Apache-2.0). The same configuration and seed give the same bits anywhere.
 */
export class PlaygroundSimulation {
  readonly config: PlaygroundConfig;
  readonly data: PlaygroundData;
  readonly #network: PlaygroundNetwork;
  readonly #training: Examples;
  readonly #test: Examples;
  #epoch = 0;

  /** A run with points and initial parameters of the caller's; the parameters change as it trains. */
  constructor(config: PlaygroundConfig, data: PlaygroundData, parameters: Float64Array) {
    this.config = config;
    this.data = data;
    this.#network = new PlaygroundNetwork(config, parameters);
    this.#training = examplesOf(config, this.data.training);
    this.#test = examplesOf(config, this.data.test);
  }

  static fromSeed(config: PlaygroundConfig, seed: number): PlaygroundSimulation {
    const data = playgroundData(config, seed);
    return new PlaygroundSimulation(config, data, initialParameters(config, seed));
  }

  /** Epochs trained so far. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * Passes once over the training points, in their order. Weights change after every full batch counted from the
   * epoch's start; what is left over at its end stays summed up and joins the first batch of the next epoch.
   */
  step(): void {
    const { inputs, labels } = this.#training;
    const { batchSize, features } = this.config;
    for (let i = 0; i < labels.length; i++) {
      this.#network.forward(inputs, i * features.length);
      this.#network.backward(labels[i]!);
      if ((i + 1) % batchSize === 0) this.#network.update();
    }
    this.#epoch += 1;
  }

  trainLoss(): number {
    return this.#loss(this.#training);
  }

  testLoss(): number {
    return this.#loss(this.#test);
  }

  /** The network's outputs at some places. */
  outputs(places: readonly Pick<PlaygroundPoint, 'x' | 'y'>[]): Float64Array {
    const inputs = featureValues(this.config.features, places);
    return Float64Array.from(places, (_, i) =>
      this.#network.forward(inputs, i * this.config.features.length),
    );
  }

  /** SHA-256 of the parameters as little-endian float64: for every unit its bias, then its weights. */
  digest(): string {
    const { parameters } = this.#network;
    const view = new DataView(new ArrayBuffer(parameters.length * 8));
    // A NaN has many bit patterns; only one of them is digested.
    for (const [i, value] of parameters.entries()) {
      view.setFloat64(i * 8, Number.isNaN(value) ? Number.NaN : value, true);
    }
    return sha256Hex(new Uint8Array(view.buffer));
  }

  /** `getLoss`. */
  #loss({ inputs, labels }: Examples): number {
    let loss = 0;
    for (let i = 0; i < labels.length; i++) {
      const error = this.#network.forward(inputs, i * this.config.features.length) - labels[i]!;
      loss += 0.5 * (error * error);
    }
    return loss / labels.length;
  }
}

function examplesOf(config: PlaygroundConfig, points: readonly PlaygroundPoint[]): Examples {
  return {
    inputs: featureValues(config.features, points),
    labels: Float64Array.from(points, ({ label }) => label),
  };
}
