import { describe, expect, it } from 'vitest';
import { LabproofError, type ModelPlan, planModel } from '../../src/index.ts';
import { labNetworks } from './lab-networks.ts';

function planOf(inputShape: number[], ...layers: [string, Record<string, unknown>][]): ModelPlan {
  return planModel({
    name: 'model',
    layers: layers.map(([className, config], index) => ({
      class_name: className,
      config: {
        name: 'subject',
        ...(index === 0 ? { batch_input_shape: [null, ...inputShape] } : {}),
        ...config,
      },
    })),
  });
}

describe('the labs’ networks', () => {
  it.each(labNetworks)('$name has $parameters parameters', ({ parameters, flat, model }) => {
    const plan = planModel(model);
    expect(plan.parameters).toBe(parameters);
    expect(plan.outputShape).toEqual([10]);
    expect(plan.layers.find(({ className }) => className === 'Flatten')?.outputShape).toEqual([
      flat,
    ]);
  });

  it('counts multiply-adds: mnist-cnn’s second convolution is 24 · 24 · 64 · 9 · 32', () => {
    const plan = planModel(labNetworks[0]!.model);
    expect(plan.layers[1]?.multiplyAdds).toBe(24 * 24 * 64 * 9 * 32);
    expect(plan.multiplyAdds).toBe(
      26 * 26 * 32 * 9 + 24 * 24 * 64 * 9 * 32 + 9216 * 128 + 128 * 10,
    );
  });
});

describe('shapes', () => {
  it.each([
    [[28, 28, 1], { filters: 4, kernel_size: 3 }, [26, 26, 4]],
    [[28, 28, 1], { filters: 4, kernel_size: 3, strides: 2 }, [13, 13, 4]],
    [[28, 27, 1], { filters: 4, kernel_size: 3, strides: [2, 3], padding: 'same' }, [14, 9, 4]],
    [[7, 7, 2], { filters: 1, kernel_size: [1, 7] }, [7, 1, 1]],
  ])('Conv2D of %j with %j gives %j', (inputShape, config, outputShape) => {
    expect(planOf(inputShape, ['Conv2D', config]).outputShape).toEqual(outputShape);
  });

  it.each([
    [{}, [3, 3, 4]],
    [{ padding: 'same' }, [4, 4, 4]],
    [{ pool_size: 3, strides: 1 }, [5, 5, 4]],
    [{ pool_size: [2, 3], strides: [3, 2], padding: 'same' }, [3, 4, 4]],
  ])('MaxPooling2D of [7, 7, 4] with %j gives %j', (config, outputShape) => {
    expect(planOf([7, 7, 4], ['MaxPooling2D', config]).outputShape).toEqual(outputShape);
  });

  it('batch normalisation has four weight arrays a channel, of which two are trained', () => {
    const { weights, parameters } = planOf([5, 5, 3], ['BatchNormalization', {}]).layers[0]!;
    expect(weights.map(({ name, trainable }) => [name, trainable])).toEqual([
      ['gamma', true],
      ['beta', true],
      ['moving_mean', false],
      ['moving_variance', false],
    ]);
    expect(parameters).toBe(12);
  });

  it('reads initialisers and regularisers in the ways Keras writes them', () => {
    const plan = planOf(
      [4],
      [
        'Dense',
        {
          units: 2,
          kernel_initializer: { class_name: 'HeNormal', config: { seed: null } },
          kernel_regularizer: { class_name: 'L1L2', config: { l1: 0, l2: 0.5 } },
          bias_regularizer: 'l1',
        },
      ],
    );
    const [kernel, bias] = plan.layers[0]!.weights;
    expect(kernel?.initializer).toEqual({ name: 'he_normal', config: { seed: null } });
    expect(kernel?.regularizer).toEqual({ l1: 0, l2: 0.5 });
    expect(bias?.regularizer).toEqual({ l1: 0.01, l2: 0 });
    expect(bias?.initializer.name).toBe('zeros');
  });
});

describe('refusals name the layer and the option', () => {
  it.each([
    [[8, 8, 1], 'Conv2D', { filters: 2, kernel_size: 3, dilation_rate: 2 }, /dilation_rate/u],
    [[8, 8, 2], 'Conv2D', { filters: 2, kernel_size: 3, groups: 2 }, /groups/u],
    [[8, 8, 1], 'Conv2D', { filters: 2, kernel_size: 3, padding: 'causal' }, /padding/u],
    [
      [8, 8, 1],
      'Conv2D',
      { filters: 2, kernel_size: 3, data_format: 'channels_first' },
      /data_format/u,
    ],
    [[8, 8, 1], 'Conv2D', { filters: 2, kernel_size: 9 }, /9 × 9.*8 × 8/u],
    [[64], 'Conv2D', { filters: 2, kernel_size: 3 }, /\[height, width, channels\].*\[64\]/u],
    [[8, 8, 1], 'Conv2D', { filters: 2, kernel_size: 3, activation: 'mish' }, /activation/u],
    [[8, 8, 3], 'Normalization', { axis: 1 }, /axes \[1\]/u],
    [[8, 8, 3], 'Normalization', { mean: [1, 2], variance: [1, 2] }, /2 means where 3/u],
    [[8, 8, 3], 'Normalization', { mean: 1 }, /not both/u],
    [[8], 'Normalization', { invert: true }, /invert/u],
    [[8, 8, 3], 'BatchNormalization', { axis: 1 }, /axis 1/u],
    [[8, 8, 3], 'BatchNormalization', { renorm: true }, /renorm/u],
    [[8], 'ReLU', { max_value: 6, negative_slope: 0.1 }, /max_value and negative_slope/u],
    [[8], 'ReLU', { threshold: 1 }, /threshold/u],
    [[8], 'LeakyReLU', { alpha: -1 }, /alpha/u],
    [[8, 8], 'Softmax', { axis: 1 }, /axis/u],
    [[8], 'Reshape', { target_shape: [3, -1] }, /8 values cannot become \[3, -1\]/u],
    [[8, 8, 1], 'MaxPooling2D', { ceil_mode: true }, /ceil_mode/u],
    [[8, 8, 1], 'SeparableConv2D', {}, /SeparableConv2D/u],
  ])('%j %s %j', (inputShape, className, config, message) => {
    expect(() => planOf(inputShape, [className, config])).toThrow(message);
    expect(() => planOf(inputShape, [className, config])).toThrow(/subject/u);
    expect(() => planOf(inputShape, [className, config])).toThrow(LabproofError);
  });
});

describe('what can only be evaluated', () => {
  it.each([
    ['GaussianNoise', { stddev: 0.1 }, 'the class GaussianNoise'],
    ['SpatialDropout2D', { rate: 0.3 }, 'the class SpatialDropout2D'],
    ['RandomFlip', { mode: 'horizontal' }, 'the class RandomFlip'],
    ['Dropout', { rate: 0.5, seed: 7 }, 'seed'],
    ['Conv2D', { filters: 2, kernel_size: 3, trainable: false }, 'trainable=false'],
    ['Conv2D', { filters: 2, kernel_size: 3, kernel_constraint: 'max_norm' }, 'kernel_constraint'],
    [
      'Conv2D',
      { filters: 2, kernel_size: 3, kernel_regularizer: 'orthogonal_regularizer' },
      'kernel_regularizer',
    ],
  ])('%s with %j says %s', (className, config, untrainable) => {
    expect(planOf([8, 8, 2], [className, config]).layers[0]?.untrainable).toEqual([untrainable]);
  });
});
