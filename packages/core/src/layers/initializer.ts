import { z } from 'zod';

const OptionSchema = z.union([
  z.string(),
  z.looseObject({ class_name: z.string(), config: z.record(z.string(), z.unknown()).optional() }),
]);

/** An initialiser option as Keras writes it: a name, or a class with a config. */
export const initializerOption = OptionSchema.nullish();

/** How a weight array is filled before training: the snake_case name of Keras's initialiser, and its options. */
export interface Initializer {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Reads an initialiser option. Whether training knows it is decided when weights are drawn. */
export function readInitializer(
  option: z.infer<typeof initializerOption>,
  fallback: string,
): Initializer {
  if (option === null || option === undefined) return { name: fallback, config: {} };
  if (typeof option === 'string') return { name: snakeCase(option), config: {} };
  return { name: snakeCase(option.class_name), config: option.config ?? {} };
}

export function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2').toLowerCase();
}
