import { z } from 'zod';

/** The penalty l1·Σ|w| + l2·Σw² of one weight array. */
export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
}

/** A regulariser option as Keras writes it: a name (with factors of 0.01), or a class with its factors. */
export const regularizerOption = z
  .union([
    z.string(),
    z.looseObject({ class_name: z.string(), config: z.record(z.string(), z.unknown()).optional() }),
  ])
  .nullish();

const factor = z.number().min(0);
const FactorsSchema = z.strictObject({ l1: factor.optional(), l2: factor.optional() });

/** Keras's default factor of `l1`, `l2` and both of `l1_l2` (Keras 2: `regularizers.py`; Keras 3: `regularizers.L1`). */
const DEFAULT_FACTOR = 0.01;

const known: Readonly<Record<string, Regularizer>> = {
  l1: { l1: DEFAULT_FACTOR, l2: 0 },
  l2: { l1: 0, l2: DEFAULT_FACTOR },
  l1_l2: { l1: DEFAULT_FACTOR, l2: DEFAULT_FACTOR },
  l1l2: { l1: 0, l2: 0 },
};

/** What a regulariser option means: `null` for none or no penalty, `unknown` for a class that is not L1, L2 or both. */
export function readRegularizer(
  option: z.infer<typeof regularizerOption>,
): Regularizer | null | 'unknown' {
  if (option === null || option === undefined) return null;
  const name = (typeof option === 'string' ? option : option.class_name).toLowerCase();
  const defaults = Object.hasOwn(known, name) ? known[name] : undefined;
  if (defaults === undefined) return 'unknown';
  const config = FactorsSchema.safeParse(typeof option === 'string' ? {} : (option.config ?? {}));
  if (!config.success) return 'unknown';
  const { l1 = defaults.l1, l2 = defaults.l2 } = config.data;
  return l1 === 0 && l2 === 0 ? null : { l1, l2 };
}
