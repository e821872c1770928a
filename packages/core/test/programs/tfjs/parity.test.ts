import { beforeAll, describe, expect, it } from 'vitest';
import { activations } from '../../../src/layers/activations.ts';
import { inferenceIdentityLayers } from '../../../src/layers/inference-identity.ts';
import { normalizationLayer } from '../../../src/layers/normalization.ts';
import { layerRegistry } from '../../../src/layers/registry.ts';
import { tfjsActivations } from '../../../src/programs/tfjs/layers/activations.ts';
import { tfjsLayers } from '../../../src/programs/tfjs/layers/registry.ts';
import { tfjsLosses } from '../../../src/programs/tfjs/losses.ts';
import { loadBackend } from '../../../src/programs/tfjs/installation/open.ts';
import { tfjsOptimizers } from '../../../src/programs/tfjs/optimizers/registry.ts';
import { findBackend } from '../../../src/programs/tfjs/installation/packages.ts';
import { obstacleToTraining } from '../../../src/programs/tfjs/supported.ts';
import { TFJS_BACKENDS } from '../../../src/programs/tfjs/installation/names.ts';
import type { TfjsEngine } from '../../../src/programs/tfjs/tensorflow.ts';
import { LossSchema, planModel, type Recipe } from '../../../src/index.ts';
import { OptimizerSchema } from '../../../src/recipe/optimizer.ts';
import { syntheticDataset, syntheticRecipe } from '../../training/synthetic.ts';
import { coverageOf, layerCases } from './layer-cases.ts';
import { fitCases, optimizerCases } from './optimizer-cases.ts';
import { compareSteps } from './parity.ts';

/**
 * The stated tolerance of one step from equal weights: |theirs − ours| ≤ 2e-4 · (0.001 + |ours|) for every weight and
 * slot, and 3e-5 of the batch's loss. Measured: 5.3e-5 and 8.2e-6 at most.
 */
const WEIGHTS = 2e-4;
const LOSS = 3e-5;
const STEPS = 6;

const dataset = syntheticDataset();

/** What none of the given tables has: a class that was added to Labproof and not here. */
const missing = (wanted: Iterable<string>, there: Iterable<string>): string[] => {
  const known = new Set(there);
  return [...wanted].filter((name) => !known.has(name));
};

describe('the tables of the TensorFlow.js engine', () => {
  it('have every layer, activation, loss and optimiser that Labproof trains', () => {
    // No engine trains these: a recipe with one is refused before an engine is asked.
    const onlyEvaluated = [...inferenceIdentityLayers, normalizationLayer];
    const there = [...tfjsLayers.keys(), ...onlyEvaluated.map(({ className }) => className)];
    expect(missing(layerRegistry.keys(), there)).toEqual([]);
    expect(missing(Object.keys(activations), Object.keys(tfjsActivations))).toEqual([]);
    expect(missing(LossSchema.options, Object.keys(tfjsLosses))).toEqual([]);
    const optimizers = OptimizerSchema.options.map(({ shape }) => shape.class_name.value);
    expect(missing(optimizers, Object.keys(tfjsOptimizers))).toEqual([]);
  });

  it('are compared with our own arithmetic below in every entry', () => {
    const compared = coverageOf(layerCases);
    const named = Object.keys(tfjsActivations).map((name) => `activation ${name}`);
    expect(missing([...tfjsLayers.keys(), ...named], compared)).toEqual([]);
    const losses = fitCases.map(({ changes }) => changes.loss ?? 'categorical_crossentropy');
    expect(missing(Object.keys(tfjsLosses), losses)).toEqual([]);
    const optimizers = optimizerCases.map(({ class_name: name }) => name);
    expect(missing(Object.keys(tfjsOptimizers), optimizers)).toEqual([]);
  });
});

// `tensorflow` is compared where @tensorflow/tfjs-node is installed; the other two come with the tests.
const backends = TFJS_BACKENDS.filter(
  (backend) => backend !== 'tensorflow' || findBackend(backend) !== null,
);

describe.each(backends)('one step in tfjs:%s from equal weights', (backend) => {
  let engine: TfjsEngine;
  beforeAll(async () => {
    engine = await loadBackend(backend);
  });

  function expectParity(recipe: Recipe): void {
    const before = engine.tf.memory().numTensors;
    const parity = compareSteps(engine, recipe, dataset, STEPS);
    expect(parity.weights).toBeLessThan(WEIGHTS);
    expect(parity.slots).toBeLessThan(WEIGHTS);
    expect(parity.loss).toBeLessThan(LOSS);
    expect(parity.sameHits).toBe(STEPS);
    expect(parity.evaluated).toBeLessThan(LOSS);
    expect(parity.sameAccuracy).toBe(true);
    expect(parity.moved).toBeGreaterThan(1e-3);
    expect(engine.tf.memory().numTensors).toBe(before);
  }

  it.each(layerCases)('agrees with ours, or is refused by name: $name', ({ recipe }) => {
    const obstacle = obstacleToTraining(engine, planModel(recipe.model));
    const lacks = backend === 'wasm' && usesConvolution(recipe);
    expect(obstacle?.message ?? null).toEqual(
      lacks ? expect.stringMatching(/tfjs:wasm.*Conv2D.*Conv2DBackpropFilter/u) : null,
    );
    if (obstacle === null) expectParity(recipe);
  });

  it.each(optimizerCases)('agrees with ours: $class_name $#', (optimizer) => {
    expectParity(syntheticRecipe({ optimizer }));
  });

  it.each(fitCases)('agrees with ours: $name', ({ head, changes }) => {
    expectParity(syntheticRecipe({ model: withHead(head), ...changes }));
  });
});

function usesConvolution({ model }: Recipe): boolean {
  return model.layers.some(({ class_name: className }) => className === 'Conv2D');
}

function withHead(activation: string): Recipe['model'] {
  const { name, layers } = syntheticRecipe().model;
  return {
    name,
    layers: layers.map((layer) =>
      layer.config['name'] === 'output'
        ? { ...layer, config: { ...layer.config, activation } }
        : layer,
    ),
  };
}
