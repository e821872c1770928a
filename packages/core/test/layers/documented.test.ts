import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { foreignRegistry, layerRegistry, LossSchema, OptimizerSchema } from '../../src/index.ts';
import { mergeRegistry } from '../../src/layers/registry.ts';
import { activations } from '../../src/layers/activations.ts';
import { inferenceIdentityLayers } from '../../src/layers/inference-identity.ts';
import { initializers } from '../../src/training/initializers.ts';

describe('docs/layers.md', () => {
  let page = '';

  beforeAll(async () => {
    page = await readFile(new URL('../../../../docs/layers.md', import.meta.url), 'utf8');
  });

  /** The names in backticks between a bold heading and the end of its sentence. */
  function listed(heading: string): string[] {
    const start = page.indexOf(`**${heading}**`);
    expect(start, `the page has no "${heading}"`).toBeGreaterThan(-1);
    const sentence = page.slice(start, page.indexOf('.', start));
    return [...sentence.matchAll(/`([^`]+)`/gu)].map((match) => match[1] ?? '').toSorted();
  }

  const evaluatedOnly = inferenceIdentityLayers.map(({ className }) => className);
  const computed = ['Normalization'];
  const trained = [...layerRegistry.keys()].filter(
    (name) => !evaluatedOnly.includes(name) && !computed.includes(name),
  );

  it.each([
    ['Trained and evaluated', trained],
    ['Evaluated only', evaluatedOnly],
    ['Evaluated only, with what it was adapted to', computed],
    ['Evaluated only, joining branches', [...mergeRegistry.keys()]],
    ['Evaluated within tolerance', [...foreignRegistry.keys()]],
    ['Activations', ['linear', 'silu', ...Object.keys(activations)]],
    ['Initialisers', [...initializers.keys()]],
    ['Losses', LossSchema.options],
    [
      'Optimisers',
      OptimizerSchema.options.map((option) => [...option.shape.class_name.values].join()),
    ],
  ] satisfies [string, readonly string[]][])('lists exactly: %s', (heading, names) => {
    expect(listed(heading)).toEqual([...names].toSorted());
  });
});
