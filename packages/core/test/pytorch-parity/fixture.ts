import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Dataset, type DatasetSplit, type Recipe, RecipeSchema } from '../../src/index.ts';
import { ReduceOnPlateauSchema, ScheduleSchema } from '../../src/recipe/fit-options.ts';
import { SequentialConfigSchema } from '../../src/recipe/recipe.ts';

const directory = path.resolve(import.meta.dirname, '../../../../fixtures/pytorch-parity');

const Values = z.array(z.number()).transform((values): Float32Array => Float32Array.from(values));

const Examples = z
  .strictObject({ images: z.base64(), labels: z.array(z.int()) })
  .transform(({ images, labels }): DatasetSplit => ({
    images: Uint8Array.from(Buffer.from(images, 'base64')),
    labels: Uint8Array.from(labels),
    count: labels.length,
  }));

const CaseSchema = z.strictObject({
  inputShape: z.array(z.int()),
  classes: z.int(),
  model: SequentialConfigSchema,
  loss: z.string(),
  torchLoss: z.string(),
  labelSmoothing: z.number().nullable(),
  optimizer: z.looseObject({ class_name: z.string() }),
  schedule: z.looseObject({ kind: z.string() }).nullable(),
  batchSize: z.int(),
  steps: z.int(),
  train: Examples,
  evaluation: Examples,
  weights: z.array(Values),
});
export type Case = z.infer<typeof CaseSchema>;

const Evaluation = z.strictObject({ loss: z.number(), predictions: Values });
const ResultSchema = z.strictObject({
  before: Evaluation,
  steps: z.array(
    z.strictObject({
      step: z.int(),
      loss: z.number(),
      weights: z.array(Values),
    }),
  ),
  after: Evaluation,
});
export type Result = z.infer<typeof ResultSchema>;

const SchedulesSchema = z.array(
  z.strictObject({
    name: z.string(),
    schedule: ScheduleSchema.optional(),
    plateau: ReduceOnPlateauSchema.optional(),
    values: z.array(z.number()).optional(),
    rates: z.array(z.number()),
  }),
);
export type ScheduleRow = z.infer<typeof SchedulesSchema>[number];

const Spread = z.strictObject({ largest: z.number(), deviation: z.number() });
const Filled = z.strictObject({ fanIn: z.int(), weight: Spread, bias: Spread });
const FactsSchema = z.looseObject({
  torch: z.string(),
  initial: z.strictObject({ linear: Filled, conv: Filled }),
});

function read(...parts: string[]): unknown {
  return JSON.parse(readFileSync(`${path.join(directory, ...parts)}.json`, 'utf8'));
}

/** The versions of PyTorch that trained the cases. */
export const versions: readonly string[] = readdirSync(path.join(directory, 'results')).toSorted();

/** The cases that every PyTorch was given, by name. */
export const cases: ReadonlyMap<string, Case> = new Map(
  readdirSync(path.join(directory, 'cases'))
    .map((file) => path.basename(file, '.json'))
    .toSorted()
    .map((name) => [name, CaseSchema.parse(read('cases', name))]),
);

export const readResult = (torch: string, name: string): Result =>
  ResultSchema.parse(read('results', torch, name));
export const readSchedules = (torch: string): readonly ScheduleRow[] =>
  SchedulesSchema.parse(read('results', torch, 'schedules'));
export const readFacts = (torch: string): z.infer<typeof FactsSchema> =>
  FactsSchema.parse(read('results', torch, 'facts'));

/** A case as a recipe in PyTorch's semantics. */
export function recipeOf(name: string, subject: Case): Recipe {
  const { labelSmoothing, schedule } = subject;
  return RecipeSchema.parse({
    dataset: name,
    inputShape: subject.inputShape,
    inputScale: '1/255',
    model: subject.model,
    loss: subject.loss,
    optimizer: subject.optimizer,
    batchSize: subject.batchSize,
    epochs: 1,
    validation: { from: 'none' },
    shuffle: false,
    semantics: 'pytorch',
    ...(labelSmoothing === null ? {} : { labelSmoothing }),
    ...(schedule === null ? {} : { schedule }),
  });
}

/** A case's batches and evaluation examples as the trainer takes them. */
export function datasetOf(name: string, subject: Case): Dataset {
  const [height = 1, width = 1, channels = 1] =
    subject.inputShape.length === 1 ? [1, ...subject.inputShape] : subject.inputShape;
  return {
    id: name,
    title: name,
    classes: Array.from({ length: subject.classes }, (_, index) => `class ${index}`),
    imageShape: [height, width, channels],
    train: subject.train,
    test: subject.evaluation,
    digest: name,
  };
}
