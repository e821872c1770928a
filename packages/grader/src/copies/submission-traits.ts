import type { Lab } from '@labproof/lab';
import { z } from 'zod';
import type { Evaluator } from '../evaluation/evaluator.ts';
import type { SubmittedModel } from '@labproof/submission';
import { unitSignatures } from './unit-signatures.ts';

/** What is kept of a submitted model to compare it with those of others. */
export const ModelTraitsSchema = z.strictObject({
  exercise: z.string(),
  /** SHA-256 of the weights. */
  digest: z.string(),
  units: z.array(z.string()),
  /** The class predicted for each test image, as base64 of bytes; `null` where it was not evaluated. */
  predicted: z.string().nullable(),
});
export type ModelTraits = z.infer<typeof ModelTraitsSchema>;

/** The models of one submission, as they were read. */
export function modelTraits(
  lab: Lab,
  models: ReadonlyMap<string, SubmittedModel>,
  evaluator: Evaluator,
): ModelTraits[] {
  return lab.exercises.flatMap(({ id }): ModelTraits[] => {
    const model = models.get(id);
    if (model?.state !== 'read') return [];
    const predicted = evaluator.predicted(id);
    return [
      {
        exercise: id,
        digest: model.digest,
        units: unitSignatures(model.plan, model.weights),
        predicted: predicted === null ? null : toBase64(predicted),
      },
    ];
  });
}

const CHUNK = 4096;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** The bytes of `ModelTraits.predicted`. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
