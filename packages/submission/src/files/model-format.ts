import { z } from 'zod';

/** The formats of models: the first three are read, the others are known and refused by name. */
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
]);
export type ModelFormat = z.infer<typeof ModelFormatSchema>;
