import { exp64 } from '../elementary/exponential.ts';
import { tanh64 } from '../elementary/sigmoid.ts';
import type { PlaygroundConfig } from './config.ts';

/* The activations of src/nn.ts, class Activations (github.com/tensorflow/playground, Apache-2.0). */

export type PlaygroundActivation = PlaygroundConfig['activation'];

export function activate(activation: PlaygroundActivation, total: number): number {
  switch (activation) {
    case 'relu':
      // Written so that NaN stays NaN.
      return total <= 0 ? 0 : total;
    case 'tanh':
      return tanh64(total);
    case 'sigmoid':
      return 1 / (1 + exp64(-total));
    case 'linear':
      return total;
  }
}

/** The derivative, which all four can tell from their output. */
export function slope(activation: PlaygroundActivation, output: number): number {
  switch (activation) {
    case 'relu':
      return output <= 0 ? 0 : 1;
    case 'tanh':
      return 1 - output * output;
    case 'sigmoid':
      return output * (1 - output);
    case 'linear':
      return 1;
  }
}
