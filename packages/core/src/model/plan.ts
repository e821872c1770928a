import { LabproofError } from '../errors.ts';
import { type LayerDefinition, LayerProblem, type LayerShape, sizeOf } from '../layers/layer.ts';
import { layerRegistry } from '../layers/registry.ts';
import type { SequentialConfig } from '../recipe.ts';

/** One layer of a planned network. Shapes exclude the batch dimension. */
export interface PlannedLayer extends LayerShape {
  readonly className: string;
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly parameters: number;
  readonly definition: LayerDefinition;
}

/** A network whose every shape is known before anything is allocated. */
export interface ModelPlan {
  readonly inputShape: readonly number[];
  readonly layers: readonly PlannedLayer[];
  readonly outputShape: readonly number[];
  readonly parameters: number;
  /** Multiply-adds for one example's forward pass. */
  readonly multiplyAdds: number;
}

/**
 * Infers the shapes and weights of a Keras Sequential model.
 * Input layers are absorbed: they give the input shape and nothing else.
 * Throws a `LabproofError` that names the layer and the option for anything that is not supported.
 */
export function planModel(model: SequentialConfig): ModelPlan {
  const inputShape = readInputShape(model);
  const layers: PlannedLayer[] = [];
  let shape = inputShape;
  for (const [index, layer] of model.layers.entries()) {
    if (layer.class_name === 'InputLayer') {
      if (index > 0) {
        throw problem(
          'model-input-layer',
          'an InputLayer stands after other layers',
          'Move it to the front.',
        );
      }
      continue;
    }
    const name =
      typeof layer.config['name'] === 'string' ? layer.config['name'] : `layer ${index + 1}`;
    const definition = layerRegistry.get(layer.class_name);
    if (definition === undefined) {
      throw problem(
        'model-unsupported-layer',
        `the layer "${name}" is of the class ${layer.class_name}, which is not supported`,
        `Use one of: ${[...layerRegistry.keys()].join(', ')}.`,
      );
    }
    const planned = planLayer(definition, layer.config, shape, name);
    layers.push({
      ...planned,
      className: layer.class_name,
      name,
      inputShape: shape,
      parameters: planned.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0),
      definition,
    });
    shape = planned.outputShape;
  }
  if (layers.length === 0) {
    throw problem('model-empty', 'the model has no layer that computes anything', 'Add a layer.');
  }
  return {
    inputShape,
    layers,
    outputShape: shape,
    parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
    multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  };
}

function planLayer(
  definition: LayerDefinition,
  config: Readonly<Record<string, unknown>>,
  inputShape: readonly number[],
  name: string,
): LayerShape {
  try {
    const planned = definition.plan(config, inputShape);
    const frozen = config['trainable'] === false && planned.weights.length > 0;
    return frozen
      ? { ...planned, untrainable: [...planned.untrainable, 'trainable=false'] }
      : planned;
  } catch (error) {
    if (!(error instanceof LayerProblem)) throw error;
    throw problem(
      'model-unsupported-option',
      `the layer "${name}" (${definition.className}) cannot be used: ${error.message}`,
      'Change the option, or leave it at the default of Keras.',
    );
  }
}

function readInputShape(model: SequentialConfig): readonly number[] {
  const first = model.layers[0];
  const declared = first?.config['batch_input_shape'];
  const valid =
    Array.isArray(declared) &&
    declared.length >= 2 &&
    declared.slice(1).every((extent) => Number.isSafeInteger(extent) && Number(extent) > 0);
  if (!valid) {
    throw problem(
      'model-no-input-shape',
      'the first layer does not say the shape of its input, so the model was never built',
      'Give the first layer an input_shape, or call the model once before saving it.',
    );
  }
  return declared.slice(1).map(Number);
}

function problem(code: string, message: string, fix: string): LabproofError {
  return new LabproofError({ code, owner: 'instructor', message, fix });
}
