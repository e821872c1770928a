import { z } from 'zod';
import { type Dataset, type DatasetSplit, type Recipe, RecipeSchema } from '../../src/index.ts';
import { SequentialConfigSchema } from '../../src/recipe/recipe.ts';

export const Values = z
  .array(z.number())
  .transform((values): Float32Array => Float32Array.from(values));

const Examples = z
  .strictObject({ images: z.base64(), labels: z.array(z.int()) })
  .transform(({ images, labels }): DatasetSplit => ({
    images: Uint8Array.from(Buffer.from(images, 'base64')),
    labels: Uint8Array.from(labels),
    count: labels.length,
  }));

/** What every framework is given: a network, its weights before the first step, its batches and how it learns. */
export const ParityCaseSchema = z.strictObject({
  inputShape: z.array(z.int()),
  classes: z.int(),
  model: SequentialConfigSchema,
  loss: z.string(),
  optimizer: z.looseObject({ class_name: z.string() }),
  schedule: z.looseObject({ kind: z.string() }).nullable(),
  batchSize: z.int(),
  steps: z.int(),
  train: Examples,
  evaluation: Examples,
  weights: z.array(Values),
});
type ParityCase = z.infer<typeof ParityCaseSchema>;

export const Evaluation = z.strictObject({ loss: z.number(), predictions: Values });

/** A case as a recipe, with fields of one framework only. Throws a `ZodError` where a recipe has no word for something of it. */
export function recipeOfCase(
  name: string,
  { inputShape, model, loss, optimizer, batchSize, schedule }: ParityCase,
  own: Readonly<Record<string, unknown>>,
): Recipe {
  return RecipeSchema.parse({
    dataset: name,
    inputShape,
    inputScale: '1/255',
    model,
    loss,
    optimizer,
    batchSize,
    epochs: 1,
    validation: { from: 'none' },
    shuffle: false,
    ...(schedule === null ? {} : { schedule }),
    ...own,
  });
}

/** A case's batches and evaluation examples as the trainer takes them. */
export function datasetOf(name: string, subject: ParityCase): Dataset {
  const [height = 1, width = 1, channels = 1] =
    subject.inputShape.length === 1 ? [1, ...subject.inputShape] : subject.inputShape;
  return {
    id: name,
    title: name,
    classes: Array.from({ length: subject.classes }, (_, index) => `class ${index}`),
    imageShape: [height, width, channels],
    train: subject.steps === 0 ? subject.evaluation : subject.train,
    test: subject.evaluation,
    digest: name,
  };
}
