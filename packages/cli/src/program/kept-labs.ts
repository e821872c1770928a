import type { KeptReadings } from '@labproof/exercises';

/** Labproof's own labs as they were read when it was built; where nothing was bundled, none. */
export const keptLabs: KeptReadings | null = null;
