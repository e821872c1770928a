import { streamKey } from '../streams/streams.ts';
import { activate, type PlaygroundActivation, slope } from './activation.ts';
import { isRegression, layerSizes, type PlaygroundConfig, playgroundParameters } from './config.ts';
import { uniforms } from './uniform.ts';

const INITIAL_BIAS = 0.1;

/** Where a layer's numbers lie in the flat arrays. */
interface Layer {
  readonly inputs: number;
  readonly units: number;
  /** First output of the layer before, and of this one. */
  readonly from: number;
  readonly to: number;
  /** First parameter: for every unit its bias, then its incoming weights. */
  readonly parameters: number;
  readonly activation: PlaygroundActivation;
}

/**
 * The network of src/nn.ts (github.com/tensorflow/playground, Apache-2.0) on flat arrays, in float64. Sums run in that
 * file's order: a unit's total starts with its bias and adds its inputs in turn, an error sums over the units ahead.
 */
export class PlaygroundNetwork {
  /** For every unit, layer by layer: its bias, then its incoming weights. */
  readonly parameters: Float64Array;
  readonly #config: PlaygroundConfig;
  readonly #layers: readonly Layer[];
  readonly #outputs: Float64Array;
  /** Error derivatives with respect to the units' totals, placed like the outputs. */
  readonly #errors: Float64Array;
  /** Summed since the last update. */
  readonly #gradients: Float64Array;
  readonly #dead: Uint8Array;
  #accumulated = 0;

  constructor(config: PlaygroundConfig, parameters: Float64Array) {
    this.#config = config;
    this.#layers = layersOf(config);
    this.parameters = parameters;
    this.#gradients = new Float64Array(parameters.length);
    this.#dead = new Uint8Array(parameters.length);
    const units = layerSizes(config).reduce((sum, size) => sum + size, 0);
    this.#outputs = new Float64Array(units);
    this.#errors = new Float64Array(units);
  }

  /** `forwardProp`: the output for the inputs that begin at `offset`. */
  forward(inputs: Float64Array, offset: number): number {
    const outputs = this.#outputs;
    const parameters = this.parameters;
    const first = this.#layers[0]!.inputs;
    for (let i = 0; i < first; i++) outputs[i] = inputs[offset + i]!;
    for (const layer of this.#layers) {
      let p = layer.parameters;
      for (let unit = 0; unit < layer.units; unit++) {
        let total = parameters[p++]!;
        for (let i = 0; i < layer.inputs; i++) {
          total += parameters[p++]! * outputs[layer.from + i]!;
        }
        outputs[layer.to + unit] = activate(layer.activation, total);
      }
    }
    return outputs[outputs.length - 1]!;
  }

  /** `backProp` for the squared error, after a `forward` of the same example. */
  backward(target: number): void {
    const outputs = this.#outputs;
    const errors = this.#errors;
    const gradients = this.#gradients;
    const parameters = this.parameters;
    errors[errors.length - 1] = outputs[outputs.length - 1]! - target;
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const { inputs, units, from, to, parameters: start, activation } = this.#layers[l]!;
      let p = start;
      for (let unit = 0; unit < units; unit++) {
        const error = errors[to + unit]! * slope(activation, outputs[to + unit]!);
        errors[to + unit] = error;
        gradients[p] = gradients[p]! + error;
        p++;
        for (let i = 0; i < inputs; i++) {
          gradients[p] = gradients[p]! + error * outputs[from + i]!;
          p++;
        }
      }
      if (l === 0) continue;
      for (let i = 0; i < inputs; i++) {
        let sum = 0;
        for (let unit = 0; unit < units; unit++) {
          sum += parameters[start + unit * (inputs + 1) + 1 + i]! * errors[to + unit]!;
        }
        errors[from + i] = sum;
      }
    }
    this.#accumulated += 1;
  }

  /**
   * `updateWeights`: a step against the mean of the derivatives summed since the last one, then a step of the
   * regularisation. A weight that L1 would carry past zero becomes zero and stays so; biases are not regularised.
   */
  update(): void {
    const { learningRate, regularization, regularizationRate } = this.#config;
    const parameters = this.parameters;
    const gradients = this.#gradients;
    const dead = this.#dead;
    const count = this.#accumulated;
    if (count === 0) return;
    const step = learningRate / count;
    const decay = learningRate * regularizationRate;
    for (const { inputs, units, parameters: start } of this.#layers) {
      let p = start;
      for (let unit = 0; unit < units; unit++) {
        parameters[p] = parameters[p]! - (learningRate * gradients[p]!) / count;
        p++;
        for (let i = 0; i < inputs; i++, p++) {
          if (dead[p] === 1) continue;
          const weight = parameters[p]!;
          const moved = weight - step * gradients[p]!;
          if (regularization === 'none') {
            parameters[p] = moved;
          } else if (regularization === 'L2') {
            parameters[p] = moved - decay * weight;
          } else {
            const shrunk = moved - decay * (weight < 0 ? -1 : weight > 0 ? 1 : 0);
            const crossed = moved * shrunk < 0;
            parameters[p] = crossed ? 0 : shrunk;
            if (crossed) dead[p] = 1;
          }
        }
      }
    }
    for (let p = 0; p < gradients.length; p++) gradients[p] = 0;
    this.#accumulated = 0;
  }
}

/** Weights uniform in [−0.5, 0.5) and biases 0.1, or all zero, in the order of `PlaygroundNetwork.parameters`. */
export function initialParameters(config: PlaygroundConfig, seed: number): Float64Array {
  const parameters = new Float64Array(playgroundParameters(config));
  if (config.initZero) return parameters;
  const uniform = uniforms(streamKey(seed, 'playground/weights'));
  for (const { inputs, units, parameters: start } of layersOf(config)) {
    for (let unit = 0; unit < units; unit++) {
      const bias = start + unit * (inputs + 1);
      parameters[bias] = INITIAL_BIAS;
      for (let i = 1; i <= inputs; i++) parameters[bias + i] = uniform() - 0.5;
    }
  }
  return parameters;
}

function layersOf(config: PlaygroundConfig): Layer[] {
  const sizes = layerSizes(config);
  const layers: Layer[] = [];
  let from = 0;
  let parameters = 0;
  for (const [index, units] of sizes.entries()) {
    const inputs = sizes[index - 1];
    if (inputs === undefined) continue;
    const last = index === sizes.length - 1;
    const activation = last ? (isRegression(config) ? 'linear' : 'tanh') : config.activation;
    const to = from + inputs;
    layers.push({ inputs, units, from, to, parameters, activation });
    parameters += units * (inputs + 1);
    from = to;
  }
  return layers;
}
