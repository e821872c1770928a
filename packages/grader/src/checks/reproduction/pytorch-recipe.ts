import { type LayerConfig, type Recipe, RecipeSchema, type SequentialConfig } from '@labproof/core';
import { comparePlans, type ReadModel, type TorchTraining } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import { asSequential, MOST_EPOCHS, type SubmittedRecipe } from './recipe-parts.ts';

/**
 * What a student's PyTorch code trains, as a recipe in PyTorch's semantics: the exercise's with the model's layers and
 * everything that the code says. `null` where something of the code is not understood or missing, so that a person looks.
 */
export function pytorchRecipe(
  context: CheckContext,
  base: Recipe,
  model: ReadModel,
  training: TorchTraining,
): SubmittedRecipe | null {
  const { optimizer, loss, epochs, batchSize, schedule, labelSmoothing } = training;
  if (training.notUnderstood.length > 0 || optimizer === null || loss === null) return null;
  if (epochs === null || batchSize === null || epochs > MOST_EPOCHS) return null;
  if (takesItTwice(model, training)) return null;
  const differences = comparePlans(context.reference(), model.plan);
  const layers = differences.length === 0 ? withoutInitializers(base.model) : submitted(model);
  const scaled = withNormalization(layers, base, model);
  if (scaled === null) return null;
  const { decay = 0, ...options } = optimizer.options;
  const chosen = withImages(base, training);
  const parsed = RecipeSchema.safeParse({
    ...base,
    // What Keras's training alone has.
    classWeight: undefined,
    reduceOnPlateau: undefined,
    semantics: 'pytorch',
    model: scaled,
    optimizer: { class_name: optimizer.className, decay, ...options },
    loss: sameLoss(loss, base.loss) ? base.loss : loss,
    epochs,
    batchSize,
    shuffle: training.shuffle ?? base.shuffle,
    ...chosen,
    schedule: schedule ?? undefined,
    labelSmoothing: labelSmoothing ?? undefined,
  });
  if (!parsed.success) return null;
  const settings = Object.entries(parsed.data.optimizer)
    .filter(([name, value]) => name !== 'class_name' && Boolean(value))
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`);
  const changed = [
    `trained by PyTorch: ${optimizer.className} (${settings.join(', ')}), ${loss.replaceAll('_', ' ')}, ${epochs} epochs, batches of ${batchSize}`,
    ...(schedule === null ? [] : [`learning rate over time: ${JSON.stringify(schedule)}`]),
    ...(chosen.trainLimit === undefined ? [] : [`trained on ${chosen.trainLimit} images`]),
    ...(training.keepsBest
      ? ['the weights are saved under a condition; those of the last epoch are compared with them']
      : []),
    ...differences.map(({ label, expected, found }) => `${label} ${found} instead of ${expected}`),
  ];
  // A recipe's hash is that of its JSON, in which nothing stands for what is undefined.
  return { recipe: parsed.data, changed };
}

/**
 * The part of a recipe that says which images are trained on, where the code says other ones: as many from the first on
 * as were chosen at random stand for those.
 */
function withImages(
  { trainLimit, validation }: Recipe,
  { images }: TorchTraining,
): Partial<Pick<Recipe, 'trainLimit' | 'validation'>> {
  if (images === null) return {};
  const { count, of } = images;
  const limit = trainLimit ?? of;
  const share = validation.from === 'split' ? validation.share : 0;
  if (limit !== null && Math.trunc(Math.min(limit, of ?? limit) * (1 - share)) === count) return {};
  return { trainLimit: count, ...(share > 0 ? { validation: { from: 'none' } } : {}) };
}

/** A softmax in the network before a loss that takes one: not what any recipe trains. */
function takesItTwice(
  { trainingConfig, layersFrom }: ReadModel,
  { takes }: TorchTraining,
): boolean {
  return takes === 'logits' && trainingConfig?.fromLogits === false && layersFrom !== 'exercise';
}

function sameLoss(one: string, other: string): boolean {
  return one === other.replace(/^sparse_/u, '');
}

/** PyTorch fills its layers in its own way, whatever the exercise asks of Keras. */
function withoutInitializers(model: SequentialConfig): SequentialConfig {
  const plain = (layer: LayerConfig): LayerConfig => ({
    ...layer,
    config: Object.fromEntries(
      Object.entries(layer.config).filter(([name]) => !/^(?:kernel|bias)_initializer$/u.test(name)),
    ),
  });
  return { ...model, layers: model.layers.map(plain) };
}

/** The layers of the submitted network, with the softmax that its loss has in it. */
function submitted(model: ReadModel): SequentialConfig {
  const layers = asSequential(model.plan);
  return model.trainingConfig?.fromLogits === true
    ? { ...layers, layers: [...layers.layers, { class_name: 'Softmax', config: { name: 'loss' } }] }
    : layers;
}

/** What `Normalize(mean, std)` does before the first layer; `null` where the channels have different ones. */
function withNormalization(
  model: SequentialConfig,
  { inputShape }: Recipe,
  { normalizations, normalizationsFrom }: ReadModel,
): SequentialConfig | null {
  if (normalizationsFrom !== 'code') return model;
  const [first, ...others] = normalizations;
  if (first === undefined) return model;
  const [mean, ...means] = first.mean;
  const [std, ...deviations] = first.std;
  if (mean === undefined || std === undefined) return model;
  const uniform = others.length === 0 && means.every((other) => other === mean);
  if (!uniform || deviations.some((other) => other !== std)) return null;
  const rescaling: LayerConfig = {
    class_name: 'Rescaling',
    config: {
      name: 'normalize',
      scale: 1 / std,
      offset: -mean / std,
      batch_input_shape: [null, ...inputShape],
    },
  };
  return { ...model, layers: [rescaling, ...model.layers] };
}
