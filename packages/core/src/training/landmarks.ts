import { z } from 'zod';

/** What lives at a landmark: the part of the training that made what stands there out of what stood before. */
const LandmarkKindSchema = z.enum([
  'initialiser',
  'shuffle',
  'batches',
  'data',
  'augmentation',
  'forward pass',
  'dropout',
  'batch statistics',
  'loss',
  'gradient',
  'learning rate',
  'optimiser',
  'later steps',
  'training metrics',
  'validation',
  'test evaluation',
]);
export type LandmarkKind = z.infer<typeof LandmarkKindSchema>;

/** One place on the way of a training run and what stood there: a number, or the SHA-256 of an array. */
export const LandmarkSchema = z.strictObject({
  at: z.string(),
  kind: LandmarkKindSchema,
  value: z.union([z.string(), z.number()]),
});
export type Landmark = z.infer<typeof LandmarkSchema>;

/** The first landmark of the one way that the other has otherwise, of those that both have. */
export interface Parting {
  readonly at: string;
  readonly kind: LandmarkKind;
  readonly before: Landmark['value'];
  readonly after: Landmark['value'];
  /** Landmarks up to there that are the same. */
  readonly same: number;
}

/**
 * Where two runs part, in the order of the training; `null` where every landmark that both have is the same. Engines
 * that keep their steps to themselves have fewer landmarks, so what only one of them has is passed over.
 */
export function whereTheyPart(
  before: readonly Landmark[],
  after: readonly Landmark[],
): Parting | null {
  const there = new Map(after.map((landmark) => [landmark.at, landmark]));
  let same = 0;
  for (const { at, kind, value } of before) {
    const other = there.get(at);
    if (other === undefined) continue;
    if (other.value !== value) return { at, kind, before: value, after: other.value, same };
    same += 1;
  }
  return null;
}
