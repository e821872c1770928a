import { closestName } from '../closest.ts';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import {
  CLASSIFICATION_DATA_SETS,
  PLAYGROUND_FEATURES,
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  type PlaygroundFeature,
  REGRESSION_DATA_SETS,
} from './config.ts';
import { reasonOf } from '../errors/reason.ts';
import { issuesText } from '../errors/schema-words.ts';

/** Settings of the page that change what it shows and not what it computes; `seed` is Labproof's own affair. */
const IGNORED = new Set([
  'seed',
  'showTestData',
  'discretize',
  'collectStats',
  'tutorial',
  'hideText',
  'cosX',
  'cosY',
  'numHiddenLayers',
]);
const NUMBERS = ['noise', 'percTrainData', 'regularizationRate', 'learningRate', 'batchSize'];
const WORDS = ['activation', 'regularization', 'dataset', 'regDataset', 'problem'];
const KNOWN = [...NUMBERS, ...WORDS, ...PLAYGROUND_FEATURES, 'networkShape', 'initZero'];

/**
 * Reads a configuration: JSON (the fields of `PlaygroundConfigSchema`), the address of a set-up playground page, or
 * `key=value` pairs with the names of that address, separated by `&` or commas (`features=x,y,sinX` says all inputs at
 * once). What is not said comes from `defaults`, or is as the page starts; an address describes its page alone.
 * Throws `playground-config-invalid` with every problem.
 */
export function readPlaygroundConfig(
  text: string,
  defaults: Partial<PlaygroundConfig> = {},
): PlaygroundConfig {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return checked({ ...defaults, ...parsedJson(trimmed) });
  const address = /^(?:https?:\/\/|#)/iu.test(trimmed);
  const hash = address ? trimmed.slice(trimmed.indexOf('#') + 1) : trimmed;
  if (address && !trimmed.includes('#')) {
    throw invalid(['the address has no "#", and so says nothing of the settings']);
  }
  const pairs = hash
    // A comma also stands within networkShape=4,2: only one before a new name parts.
    .split(/[&\s]+|,(?=\s*[A-Za-z_]+=)/u)
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? ([part, null] as const)
        : ([part.slice(0, equals), part.slice(equals + 1)] as const);
    });
  return checked(address ? fromPairs(pairs, {}, true) : fromPairs(pairs, defaults, false));
}

function fromPairs(
  pairs: readonly (readonly [name: string, value: string | null])[],
  defaults: Partial<PlaygroundConfig>,
  address: boolean,
): Record<string, unknown> {
  const problems: string[] = [];
  const settings = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (KNOWN.includes(name) || name === 'features') {
      if (value === null || value.trim() === '') {
        if (name === 'networkShape' && value !== null) settings.set(name, '');
        else if (!address) problems.push(`${name} has no value`);
      } else settings.set(name, value.trim());
    } else if (!address && !IGNORED.has(name)) {
      const meant = closestName(name, [...KNOWN, 'features']);
      problems.push(
        `there is no setting "${name}"${meant === null ? '' : `; did you mean "${meant}"?`}`,
      );
    }
  }
  if (problems.length > 0) throw invalid(problems);
  const result: Record<string, unknown> = { ...defaults };
  for (const name of NUMBERS) {
    const value = settings.get(name);
    if (value !== undefined) result[name] = Number(value);
  }
  for (const name of ['activation', 'regularization']) {
    const value = settings.get(name);
    if (value !== undefined) result[name] = value;
  }
  const dataset = chosenDataset(settings);
  if (dataset !== undefined) result['dataset'] = dataset;
  const shape = settings.get('networkShape');
  if (shape !== undefined)
    result['networkShape'] = shape === '' ? [] : shape.split(',').map(Number);
  const zero = settings.get('initZero');
  if (zero !== undefined) result['initZero'] = zero !== 'false';
  const features = chosenFeatures(settings, defaults.features ?? ['x', 'y']);
  if (features !== null) result['features'] = features;
  return result;
}

/** The page keeps one data set for each problem and shows the one of the problem that is chosen. */
function chosenDataset(settings: ReadonlyMap<string, string>): string | undefined {
  const named = settings.get('dataset');
  const regression = settings.get('regDataset');
  const problem = settings.get('problem');
  if (problem === 'regression') return regression ?? REGRESSION_DATA_SETS[0];
  if (problem === 'classification') return named ?? CLASSIFICATION_DATA_SETS[0];
  if (problem !== undefined)
    throw invalid([`problem: there is no "${problem}", only classification and regression`]);
  return named;
}

function chosenFeatures(
  settings: ReadonlyMap<string, string>,
  defaults: readonly PlaygroundFeature[],
): string[] | null {
  const list = settings.get('features');
  const switched = PLAYGROUND_FEATURES.filter((name) => settings.has(name));
  if (list === undefined && switched.length === 0) return null;
  const chosen = new Set<string>(list === undefined ? defaults : list.split(','));
  for (const name of switched) {
    if (settings.get(name) === 'false') chosen.delete(name);
    else chosen.add(name);
  }
  return [...chosen];
}

function parsedJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid([`it is no JSON (${reasonOf(error)})`]);
  }
  return value as Record<string, unknown>;
}

function checked(value: unknown): PlaygroundConfig {
  const parsed = PlaygroundConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid([issuesText(parsed.error.issues)]);
}

function invalid(problems: readonly string[]): LabproofError {
  return coreError('playground-config-invalid', {
    message: `The playground configuration cannot be used: ${problems.join('; ')}.`,
    fix: 'Give JSON, a playground address, or pairs such as dataset=spiral,features=x,y,sinX,sinY,networkShape=3.',
  });
}
