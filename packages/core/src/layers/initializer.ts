import { z } from 'zod';

const InitializerSchema = z.union([
  z.string(),
  z.looseObject({ class_name: z.string(), config: z.record(z.string(), z.unknown()).optional() }),
]);

/** An initialiser option as Keras writes it: a name, or a class with a config. */
export const initializerOption = InitializerSchema.nullish();

/**
 * The snake_case name of an initialiser. Keras writes Glorot-uniform in three ways: by name, as
 * `GlorotUniform`, and as `VarianceScaling` with scale 1, mode fan_avg and a uniform distribution.
 */
export function initializerName(
  option: z.infer<typeof initializerOption>,
  fallback: string,
): string {
  if (option === null || option === undefined) return fallback;
  if (typeof option === 'string') return snakeCase(option);
  const config = option.config ?? {};
  if (
    option.class_name === 'VarianceScaling' &&
    config['scale'] === 1 &&
    typeof config['mode'] === 'string' &&
    snakeCase(config['mode']) === 'fan_avg' &&
    config['distribution'] === 'uniform'
  ) {
    return 'glorot_uniform';
  }
  return snakeCase(option.class_name);
}

function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2').toLowerCase();
}
