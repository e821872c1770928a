import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Evaluation, ParityCaseSchema, Values } from '../support/parity-case.ts';

const directory = path.resolve(import.meta.dirname, '../../../../fixtures/keras-parity');

const CaseSchema = ParityCaseSchema.extend({
  group: z.string(),
  classWeight: z.array(z.number()).nullable(),
  labelSmoothing: z.number().optional(),
});
export type Case = z.infer<typeof CaseSchema>;

const ResultSchema = z.strictObject({
  before: Evaluation,
  steps: z.array(z.strictObject({ loss: z.number(), weights: z.array(Values) })),
  after: Evaluation,
});
/** Losses, weights after every step and predictions: what Keras made of a case, or what Labproof did. */
export type Result = z.infer<typeof ResultSchema>;

const Options = z.record(z.string(), z.union([z.number(), z.boolean(), z.null()]));
const FactsSchema = z.strictObject({
  keras: z.string(),
  tensorflow: z.string(),
  numpy: z.string(),
  python: z.string(),
  missing: z.array(z.string()),
  epochOrders: z.strictObject({
    /** Of three epochs of twelve examples, as text. */
    seeded: z.array(z.string()).length(3),
    differentUnseeded: z.int(),
  }),
  dropoutTrainingValues: z.record(z.string(), z.array(z.number())),
  optimizerDefaults: z.record(z.string(), Options),
  layerDefaults: z.record(z.string(), Options),
});
export type Facts = z.infer<typeof FactsSchema>;

function names(...parts: string[]): string[] {
  return readdirSync(path.join(directory, ...parts))
    .map((file) => path.basename(file, '.json'))
    .toSorted();
}

function read(...parts: string[]): unknown {
  return JSON.parse(readFileSync(`${path.join(directory, ...parts)}.json`, 'utf8'));
}

/** The cases that every Keras was given, by name. */
export const cases: ReadonlyMap<string, Case> = new Map(
  names('cases').map((name) => [name, CaseSchema.parse(read('cases', name))]),
);

/** The Keras versions that trained them. */
export const versions: readonly string[] = names('results');

export function readFacts(keras: string): Facts {
  return FactsSchema.parse(read('results', keras, 'facts'));
}

const MovedSchema = z.strictObject({
  shape: z.tuple([z.int(), z.int(), z.int()]),
  image: z.base64(),
  change: z.record(z.string(), z.union([z.number(), z.boolean()])),
  moved: Values,
});
const AugmentationSchema = z.strictObject({
  keras: z.string(),
  scipy: z.string(),
  moved: z.array(MovedSchema),
});

/** Images, a change of each in Keras's words, and what the `ImageDataGenerator` of a version made of them. */
export function readMoved(keras: string): z.infer<typeof MovedSchema>[] {
  return AugmentationSchema.parse(read('augmentation', keras)).moved;
}

/** Names of the cases that a Keras trained. */
export function trainedBy(keras: string): string[] {
  return names('results', keras).filter((name) => name !== 'facts');
}

export function readResult(keras: string, name: string): Result {
  return ResultSchema.parse(read('results', keras, name));
}

/** Bytes of all fixtures together. */
export function fixtureBytes(): number {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(path.join(directory, file)))
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + file.size, 0);
}
