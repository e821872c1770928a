import { z } from 'zod';
import { sevenDigits } from './layer-options.ts';

/** How a saved model was compiled. The number of epochs and the batch size are nowhere in a Keras file. */
export interface TrainingConfig {
  readonly optimizer: {
    readonly class_name: string;
    /** Its hyperparameters under their present names (`lr` became `learning_rate`), to seven digits. */
    readonly options: Readonly<Record<string, number | boolean>>;
    /** Class of a learning-rate schedule; `null` for a constant rate. */
    readonly schedule: string | null;
  } | null;
  /** Snake case, e.g. `categorical_crossentropy`; `null` where it is none of Keras's by name. */
  readonly loss: string | null;
  /** The loss was told that the network puts out logits. */
  readonly fromLogits: boolean;
  readonly metrics: readonly string[];
}

const text = z.string().max(200);
const Named = z.looseObject({ class_name: text, config: z.unknown().optional() });
const StoredSchema = z.looseObject({
  optimizer: z.unknown().optional(),
  optimizer_config: z.unknown().optional(),
  loss: z.unknown().optional(),
  metrics: z.unknown().optional(),
});

const OPTIMIZERS = [
  'SGD',
  'RMSprop',
  'Adam',
  'AdamW',
  'Adadelta',
  'Adagrad',
  'Adamax',
  'Nadam',
  'Ftrl',
  'Adafactor',
  'Lion',
  'Lamb',
];

const LOSS_ALIASES: Readonly<Record<string, string>> = {
  mse: 'mean_squared_error',
  mae: 'mean_absolute_error',
};

/** Reads `training_config` of an `.h5` or `compile_config` of a `.keras`; `null` for a model that was not compiled. */
export function readTrainingConfig(stored: unknown): TrainingConfig | null {
  const parsed = StoredSchema.safeParse(stored);
  if (!parsed.success) return null;
  const { optimizer, optimizer_config: legacy, loss, metrics } = parsed.data;
  const config = {
    optimizer: readOptimizer(optimizer ?? legacy),
    ...readLoss(loss),
    metrics: [...new Set(namesIn(metrics, 0))].slice(0, 50),
  };
  return config.optimizer === null && config.loss === null ? null : config;
}

function readOptimizer(stored: unknown): TrainingConfig['optimizer'] {
  const named =
    typeof stored === 'string'
      ? { class_name: stored.slice(0, 200), config: {} }
      : Named.safeParse(stored).data;
  if (named === undefined) return null;
  // Keras 2.11 to 2.15 register their own optimisers as if they were custom ones.
  const plain = named.class_name.replace(/^Custom>/u, '');
  const className = OPTIMIZERS.find((name) => name.toLowerCase() === plain.toLowerCase()) ?? plain;
  const options: Record<string, number | boolean> = {};
  const entries = entriesOf(named.config);
  const rate = entries.find(([name]) => name === 'learning_rate' || name === 'lr')?.[1];
  const schedule = Named.safeParse(rate).data;
  for (const [name, value] of [...entriesOf(schedule?.config), ...entries].slice(0, 60)) {
    if (typeof value !== 'number' && typeof value !== 'boolean') continue;
    const present =
      name === 'lr' || name === 'initial_learning_rate' ? 'learning_rate' : name.slice(0, 60);
    options[present] = typeof value === 'number' ? sevenDigits(value) : value;
  }
  return { class_name: className, options, schedule: schedule?.class_name ?? null };
}

function readLoss(stored: unknown): Pick<TrainingConfig, 'loss' | 'fromLogits'> {
  if (typeof stored === 'string') {
    const name = snakeCase(stored.slice(0, 200));
    return {
      loss: (Object.hasOwn(LOSS_ALIASES, name) ? LOSS_ALIASES[name] : name) ?? name,
      fromLogits: false,
    };
  }
  if (typeof stored !== 'object' || stored === null) return { loss: null, fromLogits: false };
  const named = Named.safeParse(stored).data;
  if (named === undefined) {
    const losses: unknown[] = Object.values(stored);
    return losses.length === 1 && typeof losses[0] !== 'object'
      ? readLoss(losses[0])
      : { loss: null, fromLogits: false };
  }
  // A function is stored with its name in place of a configuration.
  if (typeof named.config === 'string') return readLoss(named.config);
  const fromLogits = entriesOf(named.config).some(
    ([name, value]) => name === 'from_logits' && value === true,
  );
  return { loss: readLoss(named.class_name).loss, fromLogits };
}

function namesIn(stored: unknown, depth: number): string[] {
  if (typeof stored === 'string') return [stored.slice(0, 200)];
  if (typeof stored !== 'object' || stored === null || depth > 4) return [];
  const named = Named.safeParse(stored).data;
  if (named === undefined)
    return Object.values(stored)
      .slice(0, 50)
      .flatMap((item: unknown) => namesIn(item, depth + 1));
  const name = entriesOf(named.config).find(([option]) => option === 'name')?.[1];
  return [typeof name === 'string' ? name.slice(0, 200) : snakeCase(named.class_name)];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function snakeCase(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/gu, '$1_$2').toLowerCase();
}
