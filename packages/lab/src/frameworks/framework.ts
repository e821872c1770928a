import { z } from 'zod';

/** The libraries in which a lab's students train, and whose code handouts and starting folders show. */
export const FrameworkSchema = z.enum(['keras', 'pytorch']);
export type Framework = z.infer<typeof FrameworkSchema>;

export const FRAMEWORK_NAMES: Readonly<Record<Framework, string>> = {
  keras: 'Keras',
  pytorch: 'PyTorch',
};

/** The ending of a saved model that the framework's own documentation recommends. */
export const MODEL_ENDINGS: Readonly<Record<Framework, string>> = {
  keras: '.keras',
  pytorch: '.pt',
};
