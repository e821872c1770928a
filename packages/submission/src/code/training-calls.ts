import type { CodeFit, CodeValue } from './code-model.ts';
import { lossName, optimizerClass } from './named-things.ts';
import { note } from './networks.ts';
import type { ModelDraft, Value, ValueArgument } from './value.ts';

const COMPILE = ['optimizer', 'loss', 'metrics'];
const MOST_METRICS = 64;
const FIT = ['x', 'y', 'batch_size', 'epochs'];
const FIT_GENERATOR = ['x', 'steps_per_epoch', 'epochs'];

/** Takes down what a call of `compile` says. */
export function readCompile(draft: ModelDraft, args: readonly ValueArgument[]): void {
  const given = byName(args, COMPILE);
  const optimizer = given.get('optimizer');
  if (optimizer !== undefined) draft.optimizer = readOptimizer(draft, optimizer);
  const loss = given.get('loss');
  if (loss !== undefined) readLoss(draft, loss);
  const metrics = given.get('metrics');
  if (metrics !== undefined) draft.metrics = namesIn(metrics).slice(0, MOST_METRICS);
  if (args.some(({ spread }) => spread)) note(draft, 'an option of compile');
}

function readOptimizer(draft: ModelDraft, value: Value): ModelDraft['optimizer'] {
  if (value.type === 'data' && typeof value.data === 'string') {
    const className = optimizerClass(value.data);
    if (className !== null) return { className, options: {} };
  }
  if (value.type === 'named') {
    const className = optimizerClass(value.name);
    for (const option of value.unclear) note(draft, `the optimizer's ${option}`);
    if (className !== null) return { className, options: value.options };
  }
  note(draft, 'the optimizer');
  return null;
}

function readLoss(draft: ModelDraft, value: Value): void {
  const written =
    value.type === 'named'
      ? value.name
      : value.type === 'data' && typeof value.data === 'string'
        ? value.data
        : '';
  draft.loss = lossName(written);
  draft.fromLogits = value.type === 'named' && value.options['from_logits'] === true;
  if (draft.loss === null) note(draft, 'the loss');
}

function namesIn(value: Value): string[] {
  if (value.type === 'named') return [value.name.replace(/^metric_/u, '')];
  if (value.type === 'layers') return value.items.flatMap(namesIn);
  if (value.type !== 'data') return [];
  const items: readonly CodeValue[] = Array.isArray(value.data) ? value.data : [value.data];
  return items.flatMap((item) => (typeof item === 'string' ? [item] : []));
}

/** Takes down what a call of `fit` says. */
export function readFit(
  draft: ModelDraft,
  args: readonly ValueArgument[],
  isGenerator: boolean,
): void {
  const given = byName(args, isGenerator ? FIT_GENERATOR : FIT);
  const number = (name: string): number | null => {
    const value = given.get(name);
    if (value === undefined) return null;
    if (value.type === 'data' && typeof value.data === 'number' && Number.isFinite(value.data))
      return value.data;
    if (value.type !== 'data' || value.data !== null) note(draft, `${name} of fit`);
    return null;
  };
  const flow = given.get('x');
  const inFlow = flow?.type === 'named' ? flow.options['batch_size'] : undefined;
  const shuffle = given.get('shuffle');
  const fit: CodeFit = {
    batchSize: number('batch_size') ?? (typeof inFlow === 'number' ? inFlow : null),
    epochs: number('epochs') ?? number('nb_epoch'),
    validationSplit: number('validation_split'),
    validationData: isGiven(given.get('validation_data')),
    shuffle: shuffle?.type === 'data' && typeof shuffle.data === 'boolean' ? shuffle.data : null,
  };
  if (args.some(({ spread }) => spread)) note(draft, 'an option of fit');
  if (draft.fits.length < MOST_FITS) draft.fits.push(fit);
}

const MOST_FITS = 100;

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && !(value.type === 'data' && value.data === null);
}

function byName(args: readonly ValueArgument[], order: readonly string[]): Map<string, Value> {
  const given = new Map<string, Value>();
  let position = 0;
  for (const { name, value, spread } of args) {
    if (spread) continue;
    const parameter = name ?? order[position];
    if (name === null) position += 1;
    if (parameter !== undefined && !given.has(parameter)) given.set(parameter, value);
  }
  return given;
}
