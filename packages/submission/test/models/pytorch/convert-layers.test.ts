import { describe, expect, it } from 'vitest';
import type { TorchLayer } from '../../../src/code/torch/layer.ts';
import { convertLayers } from '../../../src/models/pytorch/convert-layers.ts';

const convolution = (options: TorchLayer['options']): TorchLayer => ({
  className: 'Conv2d',
  name: 'features.0',
  options: { in_channels: 3, out_channels: 6, kernel_size: 3, ...options },
  inbound: [-1],
});

describe('convolutions that are not computed', () => {
  it.each([
    ['one group a channel', { groups: 3 }, /"features\.0".*depthwise convolution \(groups=3/u],
    ['groups', { groups: 2, in_channels: 4 }, /channels go in groups \(groups=2\)/u],
    ['holes', { dilation: 2 }, /windows have holes \(dilation=2\)/u],
    ['holes in one direction', { dilation: [1, 2] }, /dilation=\(1, 2\)/u],
    ['mirrored edges', { padding: 1, padding_mode: 'reflect' }, /padding_mode/u],
  ] as const)('are named: %s', (_, options, message) => {
    const channels = 'in_channels' in options ? options.in_channels : 3;
    expect(() => convertLayers([convolution(options)], [channels, 32, 32])).toThrow(message);
  });

  it('are others than those with one group, or with dilation 1 by name', () => {
    const plain = convolution({ in_channels: 1, groups: 1, dilation: [1, 1] });
    const { model } = convertLayers([plain], [1, 32, 32]);
    expect(model.layers.map(({ class_name: name }) => name)).toEqual(['Conv2D']);
  });
});
