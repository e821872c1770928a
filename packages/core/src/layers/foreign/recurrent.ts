import { z } from 'zod';
import { LayerProblem, parseOptions } from '../layer.ts';
import {
  type ForeignDefinition,
  foreignLayer,
  ignoredOptions,
  sequenceShape,
} from './definition.ts';

const ActivationSchema = z.enum(['tanh', 'sigmoid', 'hard_sigmoid', 'relu', 'linear']);
const OptionsSchema = z.strictObject({
  ...ignoredOptions,
  units: z.int().positive(),
  activation: ActivationSchema.default('tanh'),
  recurrent_activation: ActivationSchema.optional(),
  use_bias: z.boolean().default(true),
  return_sequences: z.boolean().default(false),
  go_backwards: z.boolean().default(false),
  return_state: z.literal(false).optional(),
  stateful: z.literal(false).optional(),
  time_major: z.literal(false).optional(),
  // How it is computed or trained, not what it computes.
  unroll: z.boolean().optional(),
  implementation: z.int().optional(),
  unit_forget_bias: z.boolean().optional(),
  dropout: z.number().optional(),
  recurrent_dropout: z.number().optional(),
  zero_output_for_mask: z.boolean().optional(),
});

/** TensorFlow.js takes one step after the other, some tenths of a millisecond each, for every batch of the test set. */
const MOST_STEPS = 1024;

/** `gates` is the number of arrays of units that stand side by side in the kernels. */
function recurrent(className: string, gates: number): ForeignDefinition {
  return foreignLayer(className, (given, inputShape) => {
    const options = parseOptions(OptionsSchema, given);
    const { units, activation, use_bias: useBias, go_backwards, return_sequences } = options;
    const [steps, values] = sequenceShape(inputShape);
    if (steps > MOST_STEPS) {
      throw new LayerProblem(
        `its sequences have ${steps} steps, and at most ${MOST_STEPS} are taken`,
      );
    }
    return {
      config: {
        units,
        activation,
        ...(gates > 1 ? { recurrent_activation: options.recurrent_activation ?? 'sigmoid' } : {}),
        use_bias: useBias,
        return_sequences,
        go_backwards,
      },
      outputShape: return_sequences ? [steps, units] : [units],
      weights: [
        ['kernel', [values, gates * units]],
        ['recurrent_kernel', [units, gates * units]],
        ...(useBias ? ([['bias', [gates * units]]] as const) : []),
      ],
      multiplyAdds: steps * (values + units) * gates * units,
    };
  });
}

/** GRU is not among them: TensorFlow.js has it only in the form before TensorFlow 2 (`reset_after=False`). */
export const recurrentLayers: readonly ForeignDefinition[] = [
  recurrent('LSTM', 4),
  recurrent('SimpleRNN', 1),
];
