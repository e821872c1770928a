import { activationOperators } from './operators/activations.ts';
import { arithmeticOperators } from './operators/arithmetic.ts';
import { linearOperators } from './operators/linear.ts';
import { passingOperators } from './operators/passing.ts';
import { type Examples, shapeOperators } from './operators/shapes.ts';
import type { Operators } from './operators/table.ts';
import { windowOperators } from './operators/windows.ts';

/** The operators that are computed, by their names in ONNX. */
export function knownOperators(examples: Examples): Operators {
  return {
    ...activationOperators,
    ...arithmeticOperators,
    ...linearOperators,
    ...passingOperators,
    ...shapeOperators(examples),
    ...windowOperators,
  };
}

/** Operators that are known and have no place in the networks of an exercise, and what each is. */
const REFUSED: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(?:If|Loop|Scan|Sequence.*|Optional.*)$/u,
    'control flow',
    'Export the network with one path through it: without conditions and loops over values in forward.',
  ],
  [
    /Quantize|^QLinear|Integer$|^DynamicQuant/u,
    'quantised arithmetic',
    'Export the model before quantising it.',
  ],
  [/Sparse/u, 'a sparse array', 'Export the model with dense arrays.'],
  [
    /^(?:ArgMax|ArgMin|TopK|Hardmax)$/u,
    'the choice of a class in the place of its scores',
    'Export the network itself, which puts out one number for each class.',
  ],
  [
    /^(?:RNN|LSTM|GRU)$/u,
    'a recurrent layer',
    'Build the network of the layers that the exercise describes.',
  ],
];

/** What an operator that is not computed is, and what to do; `null` where nothing is known of it. */
export function refusedOperator(operator: string): { what: string; fix: string } | null {
  const found = REFUSED.find(([pattern]) => pattern.test(operator));
  return found === undefined ? null : { what: found[1], fix: found[2] };
}
