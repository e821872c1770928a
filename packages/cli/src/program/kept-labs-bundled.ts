import { fileURLToPath } from 'node:url';
import { KeptReadings } from '@labproof/exercises';

/**
 * Stands in the place of `kept-labs.ts` in the bundle, which has them beside it.
 *
 * @public `scripts/bundle/places.ts` takes it by its name.
 */
export const keptLabs: KeptReadings | null = new KeptReadings(
  fileURLToPath(new URL('./labs', import.meta.url)),
);
