import { z } from 'zod';

/** The formats of models: those from `saved-model` on are known and refused by name. */
export const ModelFormatSchema = z.enum([
  'tfjs-layers-model',
  'keras-h5',
  'keras-v3',
  'pytorch',
  'safetensors',
  'onnx',
  'saved-model',
  'tflite',
  'pickle',
  'numpy',
  'core-ml',
  'tf-checkpoint',
  'r-object',
  'matlab',
  'other-framework',
]);
export type ModelFormat = z.infer<typeof ModelFormatSchema>;
