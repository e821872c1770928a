import { layerClass } from './layer-calls.ts';
import { layerFromCall } from './layer-config.ts';
import { optimizerClass, optimizerOption, optimizerParameters } from './named-things.ts';
import { leaveHole, MOST_LAYERS, type Networks } from './networks.ts';
import { readCompile, readFit } from './training-calls.ts';
import {
  dataValue,
  dictionaryValue,
  listValue,
  type ModelDraft,
  NO_VALUE,
  optionData,
  type CodeLayer,
  type Value,
  type ValueArgument,
} from './value.ts';
import type { CodeValue } from './code-model.ts';

/** Functions that act on the network they are called on. */
export const SELF_CALLS: ReadonlySet<string> = new Set([
  'add',
  'compile',
  'fit',
  'fit_generator',
  'pop',
  'build',
]);
const MAKES_SEQUENTIAL = new Set(['Sequential', 'keras_model_sequential']);
const MAKES_FUNCTIONAL = new Set(['Model', 'keras_model', 'Functional']);
const MAKES_INPUT = new Set(['Input', 'InputLayer', 'layer_input', 'keras_input']);

/** What a call of a function of Keras, Python or R gives, by the function's name. */
export function callByName(to: Networks, name: string, args: readonly ValueArgument[]): Value {
  const [first, ...others] = args;
  if (MAKES_SEQUENTIAL.has(name)) return sequential(to, args);
  if (MAKES_FUNCTIONAL.has(name)) return functional(to, args);
  if (MAKES_INPUT.has(name)) return input(name, args);
  const own = first?.value;
  if (own?.type === 'model' && first?.name === null) {
    const done = onModel(to, name, own.draft, others);
    if (done) return own;
  }
  const className = layerClass(name);
  if (className !== null) return layer(to, className, args);
  if (name === 'c' || name === 'tuple' || name === 'shape' || name === 'list')
    return collection(name, args);
  if (['int', 'float', 'as.integer', 'as.numeric'].includes(name)) return converted(name, own);
  return named(name, args);
}

function sequential(to: Networks, args: readonly ValueArgument[]): Value {
  const draft = to.create();
  for (const { name, value } of args) {
    if (name === 'input_shape' || name === 'shape') {
      draft.layers.push(
        layerFromCall('InputLayer', [{ name: 'input_shape', value, spread: false }]),
      );
    } else if (name === null || name === 'layers') {
      if (value.type !== 'data' || value.data !== null) to.add(draft, emptied(value));
    }
  }
  return { type: 'model', draft };
}

/** An empty list is a list of no layers. */
function emptied(value: Value): Value {
  return value.type === 'data' && Array.isArray(value.data) && value.data.length === 0
    ? { type: 'layers', items: [] }
    : value;
}

function functional(to: Networks, args: readonly ValueArgument[]): Value {
  const draft = to.create();
  const output =
    args.find(({ name }) => name === 'outputs' || name === 'output') ??
    args.filter(({ name }) => name === null)[1];
  const value = single(output?.value ?? NO_VALUE);
  if (value.type === 'tensor') {
    for (const layer of value.layers) to.add(draft, { type: 'layer', layer });
    if (!value.whole) leaveHole(draft, 'a network that is no chain of layers');
  } else leaveHole(draft, 'what the network puts out');
  return { type: 'model', draft };
}

function single(value: Value): Value {
  const [only] = value.type === 'layers' && value.items.length === 1 ? value.items : [];
  return only ?? value;
}

function input(name: string, args: readonly ValueArgument[]): Value {
  const named = args.map((argument, index) =>
    index === 0 && argument.name === null ? { ...argument, name: 'input_shape' } : argument,
  );
  const layer = layerFromCall('InputLayer', named);
  return name === 'InputLayer'
    ? { type: 'layer', layer }
    : { type: 'tensor', layers: [layer], whole: true };
}

/** Calls on a network; `false` when the name is none of them. */
function onModel(
  to: Networks,
  name: string,
  draft: ModelDraft,
  args: readonly ValueArgument[],
): boolean {
  const given = args[0]?.value ?? NO_VALUE;
  switch (name) {
    case 'add':
      to.add(draft, given);
      return true;
    case 'pop':
    case 'pop_layer':
      draft.layers.pop();
      break;
    case 'build':
      build(draft, given);
      break;
    case 'compile':
      readCompile(draft, args);
      break;
    case 'fit':
    case 'fit_generator':
      readFit(draft, args, name === 'fit_generator');
      break;
    case 'summary':
    case 'evaluate':
    case 'predict':
    case 'predict_classes':
    case 'save':
    case 'plot':
      return true;
    default: {
      const className = layerClass(name);
      if (className === null) return false;
      to.add(draft, { type: 'layer', layer: layerFromCall(className, args) });
    }
  }
  to.touch(draft);
  return true;
}

function build(draft: ModelDraft, shape: Value): void {
  const isBuilt = draft.layers[0]?.options['batch_input_shape'] !== undefined;
  if (isBuilt || shape.type !== 'data' || !Array.isArray(shape.data)) return;
  draft.layers.unshift({
    className: 'InputLayer',
    options: { batch_input_shape: shape.data },
    unclear: [],
  });
}

/** In R a layer's first argument may be what it is put after; in Python layers are made first. */
function layer(to: Networks, className: string, args: readonly ValueArgument[]): Value {
  const place = args.findIndex(
    ({ name, value }) =>
      (name === null || name === 'object') && (value.type === 'tensor' || value.type === 'model'),
  );
  const before = args[place]?.value;
  const made = layerFromCall(
    className,
    args.filter((_, index) => index !== place),
  );
  if (before?.type === 'tensor') return tensorAfter(before, [made], true);
  if (before?.type === 'model') {
    to.add(before.draft, { type: 'layer', layer: made });
    return before;
  }
  return { type: 'layer', layer: made };
}

/** What comes out where layers are put after what came before. */
export function tensorAfter(
  before: Extract<Value, { type: 'tensor' }>,
  layers: readonly CodeLayer[],
  whole: boolean,
): Value {
  if (before.layers.length + layers.length > MOST_LAYERS) return { ...before, whole: false };
  return {
    type: 'tensor',
    layers: [...before.layers, ...layers],
    whole: before.whole && whole,
  };
}

/** `c(28, 28, 1)`, `list(…)`, `tuple(…)`, with or without names. */
function collection(name: string, args: readonly ValueArgument[]): Value {
  if (args.some((argument) => argument.name !== null)) {
    const data: Record<string, CodeValue> = {};
    for (const { name: key, value } of args) {
      if (key === null || key === '__proto__' || value.type !== 'data') return NO_VALUE;
      data[key] = value.data;
    }
    return dictionaryValue(data);
  }
  const [only] = args;
  if (name === 'tuple' && args.length === 1 && only !== undefined) return only.value;
  return listValue(args.map(({ value }) => value));
}

function converted(name: string, value: Value | undefined): Value {
  if (value?.type !== 'data' || typeof value.data !== 'number') return NO_VALUE;
  return dataValue(/int/u.test(name) ? Math.trunc(value.data) : value.data);
}

/** Optimisers, losses, regularisers and whatever else is called by name: kept with the options that are literals. */
function named(name: string, args: readonly ValueArgument[]): Value {
  const optimizer = optimizerClass(name);
  const parameters = optimizer === null ? [] : optimizerParameters(optimizer);
  const options: Record<string, CodeValue> = {};
  const unclear: string[] = [];
  let position = 0;
  for (const { name: written, value, spread } of args) {
    const option = optimizerOption(written ?? parameters[position] ?? String(position));
    if (written === null) position += 1;
    const data = spread ? undefined : optionData(value);
    if (data !== undefined && option !== '__proto__') options[option] = data;
    else unclear.push(spread ? 'options' : option);
  }
  return { type: 'named', name, options, unclear };
}
