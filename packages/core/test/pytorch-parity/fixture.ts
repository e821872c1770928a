import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Recipe } from '../../src/index.ts';
import { ReduceOnPlateauSchema, ScheduleSchema } from '../../src/recipe/fit-options.ts';
import { Evaluation, ParityCaseSchema, recipeOfCase, Values } from '../support/parity-case.ts';

const directory = path.resolve(import.meta.dirname, '../../../../fixtures/pytorch-parity');

const CaseSchema = ParityCaseSchema.extend({
  torchLoss: z.string(),
  labelSmoothing: z.number().nullable(),
});
export type Case = z.infer<typeof CaseSchema>;

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
  const { labelSmoothing } = subject;
  return recipeOfCase(name, subject, {
    semantics: 'pytorch',
    ...(labelSmoothing === null ? {} : { labelSmoothing }),
  });
}
