import { z } from 'zod';

/** The formats in which models are read. */
export const ModelFormatSchema = z.enum(['tfjs-layers-model', 'keras-h5', 'keras-v3']);
export type ModelFormat = z.infer<typeof ModelFormatSchema>;
