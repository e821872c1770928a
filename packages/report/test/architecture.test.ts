import { describe, expect, it } from 'vitest';
import { drawNetwork } from '../src/parts/models/network-drawing.ts';
import { renderArchitecture } from '../src/parts/models/architecture.ts';

const dense = (name: string, inputs?: string[]) => ({
  class: 'Dense',
  name,
  config: { units: 4, activation: 'relu', use_bias: true },
  outputShape: [4],
  parameters: 20,
  ...(inputs === undefined ? {} : { inputs }),
});

const residual = [
  dense('first', ['input']),
  dense('<second>', ['first']),
  { ...dense('add', ['first', '<second>']), class: 'Add', config: {}, parameters: 0 },
];

describe('a network with branches', () => {
  it('is a table that names what every layer takes, with names escaped', () => {
    const page = renderArchitecture(residual, null, 'Layers').text;
    expect(page).toContain('Name, and what it takes');
    expect(page).toContain('add ← first, &lt;second&gt;');
  });

  it('is not drawn as if it were a chain', () => {
    expect(drawNetwork(residual, [4], 'x')).toBeNull();
    expect(drawNetwork([dense('first'), dense('second')], [4], 'x')).not.toBeNull();
  });

  it('needs no further column where it is a chain', () => {
    expect(renderArchitecture([dense('first')], null, 'Layers').text).not.toContain('takes');
  });
});
