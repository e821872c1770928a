import { describe, expect, it } from 'vitest';
import { createOracleKernels, planModel } from '../src/index.ts';
import { evaluate, evaluatePart } from '../src/programs/kernels/evaluate.ts';
import { EVALUATION_ROWS, joinParts } from '../src/programs/predictions.ts';

describe('joinParts', () => {
  it('gives the bits of an evaluation in one piece', () => {
    const count = 2 * EVALUATION_ROWS + 37;
    const images = Uint8Array.from({ length: count * 6 }, (_, at) => (at * 37 + (at >> 3)) % 256);
    const labels = Uint8Array.from({ length: count }, (_, at) => at % 3);
    const plan = planModel({
      name: 'small',
      layers: [
        {
          class_name: 'Dense',
          config: {
            units: 3,
            activation: 'softmax',
            batch_input_shape: [null, 6],
            kernel_regularizer: { class_name: 'L2', config: { l2: 0.01 } },
          },
        },
      ],
    });
    const weights = [
      Float32Array.from({ length: 18 }, (_, at) => Math.fround(((at * 7) % 11) / 11 - 0.5)),
      Float32Array.of(0.1, -0.2, 0.05),
    ];
    const task = { kernels: createOracleKernels(), plan, weights, inputScale: '1/255' } as const;
    const loss = 'categorical_crossentropy';
    const split = { images, labels, count };
    const whole = evaluate({ ...task, loss, split });
    const parts = [0, EVALUATION_ROWS, 2 * EVALUATION_ROWS].map((from) => {
      const to = Math.min(count, from + EVALUATION_ROWS);
      const part = {
        images: images.subarray(6 * from, 6 * to),
        labels: labels.subarray(from, to),
        count: to - from,
      };
      return evaluatePart({ ...task, loss, split: part });
    });
    expect(joinParts(parts)).toEqual(whole);
    expect(() => joinParts([])).toThrow(RangeError);
  });
});
