import type { TorchLayer, TorchOption } from './layer.ts';
import type { Following, TensorCalls } from './following.ts';
import { plainOption } from './modules.ts';
import { FUNCTIONS, isIdleForFunction } from './signatures.ts';
import {
  type Given,
  type Module,
  NotUnderstood,
  numberOf,
  UNKNOWN_VALUE,
  type Value,
} from './values.ts';

/** Layers of one network: more are refused when its file is read. */
const MOST_LAYERS = 1000;
/** Methods of a tensor that give its values back as they are. */
const SAME_TENSOR = new Set([
  'to',
  'cuda',
  'cpu',
  'float',
  'contiguous',
  'clone',
  'detach',
  'requires_grad_',
  'type',
]);

/** The layers through which a network sends its input, in the order in which `forward` calls them. */
export class Forward implements TensorCalls {
  readonly layers: TorchLayer[] = [];

  /** Calls a module on a tensor. */
  apply(
    following: Following,
    value: Extract<Value, { type: 'module' }>,
    given: readonly Given[],
  ): Value {
    const { module, path } = value;
    if (module.kind === 'instance') {
      const forward = module.of.methods.get('forward');
      if (forward === undefined)
        throw new NotUnderstood(`the class ${module.of.name} without a forward`);
      return following.invoke(forward, [{ name: null, value }, ...given]);
    }
    const [input, ...others] = given.map((argument) => argument.value);
    if (input === undefined || others.length > 0)
      throw new NotUnderstood('a layer with several inputs');
    if (module.kind === 'layer') return this.#layer(module, path, [input]);
    if (module.className !== 'Sequential')
      throw new NotUnderstood(`a ${module.className} that is called`);
    let output = input;
    for (const [name, child] of module.children) {
      const place = path === '' ? name : `${path}.${name}`;
      const step: Value = { type: 'module', module: child, path: place };
      output = following.call(step, [{ name: null, value: output }]);
    }
    return output;
  }

  /** Calls one of `torch`'s or `torch.nn.functional`'s functions. */
  callFunction(name: string, given: readonly Given[]): Value {
    const values = given.map(({ value }) => value);
    if (name === 'cat' || name === 'concat' || name === 'concatenate')
      return this.#concatenate(given);
    if (name === 'add' && values.length === 2) return this.combine('+', values[0], values[1]);
    const [input, ...rest] = given;
    if (name === 'reshape') return this.#view(input?.value, rest);
    if (name === 'mean') return this.#mean(input?.value, rest);
    const named = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (named === undefined) throw new NotUnderstood(`the function ${name.slice(0, 80)}`);
    const [className, ...parameters] = named;
    return this.#call(className, parameters, given);
  }

  /** Calls a method of a tensor, of its shape or of the number of its examples. */
  callMethod(object: Value, name: string, given: readonly Given[]): Value {
    if (object.type !== 'tensor') return UNKNOWN_VALUE;
    if (SAME_TENSOR.has(name)) return object;
    if (name === 'size') return given.length === 0 ? { type: 'shape' } : sizeAt(given[0]?.value);
    if (name === 'view' || name === 'reshape') return this.#view(object, given);
    if (name === 'mean') return this.#mean(object, given);
    return this.callFunction(name, [{ name: null, value: object }, ...given]);
  }

  /** `a + b` of two outputs. */
  combine(operator: string, left: Value | undefined, right: Value | undefined): Value {
    if (operator !== '+' || left?.type !== 'tensor' || right?.type !== 'tensor') {
      throw new NotUnderstood(`outputs of layers that are joined by ${operator.slice(0, 10)}`);
    }
    return this.#push({ className: 'Add', name: '', options: {}, inbound: [left.at, right.at] });
  }

  #layer(
    { className, options }: Extract<Module, { kind: 'layer' }>,
    path: string,
    inputs: readonly Value[],
  ): Value {
    const plain: Record<string, TorchOption> = {};
    for (const [name, value] of Object.entries(options)) plain[name] = plainOption(value);
    return this.#push({ className, name: path, options: plain, inbound: inputs.map(placeOf) });
  }

  #call(className: string, parameters: readonly string[], given: readonly Given[]): Value {
    const [input, ...others] = given;
    const options: Record<string, TorchOption> = {};
    let place = 0;
    for (const { name, value } of others) {
      const parameter = name ?? parameters[place];
      if (name === null) place += 1;
      if (parameter !== undefined && parameters.includes(parameter))
        options[parameter] = plainOption(value);
      else if (parameter !== undefined && !isIdleForFunction(parameter)) {
        throw new NotUnderstood(`the option ${parameter.slice(0, 80)} of ${className}`);
      }
    }
    return this.#push({ className, name: '', options, inbound: [placeOf(input?.value)] });
  }

  /** `x.view(-1, 784)`, `x.reshape(x.size(0), -1)`, `x.view(len(x), 1, 28, 28)`. */
  #view(object: Value | undefined, given: readonly Given[]): Value {
    const values = given.map(({ value }) => value);
    const [lone] = values;
    const [batch, ...sizes] = values.length === 1 && lone?.type === 'list' ? lone.items : values;
    const leading = batch?.type === 'batch' || numberOf(batch) !== null;
    const shape = sizes.map(numberOf);
    const known = shape.filter((extent) => extent !== null);
    if (!leading || known.length !== shape.length || shape.length === 0) {
      throw new NotUnderstood('a view whose shape is not known');
    }
    // `view(64, -1)` for a batch of 64 says the same as -1; a lone -1 leaves one free, and the batch is it.
    return this.#push({
      className: 'Reshape',
      name: '',
      options: { shape: known },
      inbound: [placeOf(object)],
    });
  }

  /** `x.mean([2, 3])`: the average over each image. */
  #mean(object: Value | undefined, given: readonly Given[]): Value {
    const axes = given.find(({ name }) => name === null || name === 'dim')?.value;
    const sorted = (axes?.type === 'list' ? axes.items.map(numberOf) : []).map(
      (axis) => ((axis ?? 0) + 4) % 4,
    );
    if (sorted.toSorted((a, b) => a - b).join(' ') !== '2 3') {
      throw new NotUnderstood('a mean over something else than each image');
    }
    const kept = given.find(({ name }) => name === 'keepdim')?.value;
    const inbound = [placeOf(object)];
    const pooled = this.#push({
      className: 'AdaptiveAvgPool2d',
      name: '',
      options: { output_size: 1 },
      inbound,
    });
    return kept?.type === 'data' && kept.data === true
      ? pooled
      : this.#push({ className: 'Flatten', name: '', options: {}, inbound: [placeOf(pooled)] });
  }

  #concatenate(given: readonly Given[]): Value {
    const [parts, ...others] = given;
    const axis = numberOf(
      others.find(({ name }) => name === null || name === 'dim' || name === 'axis')?.value,
    );
    const items = parts?.value.type === 'list' ? parts.value.items : [];
    if (axis !== 1 || items.length === 0)
      throw new NotUnderstood('a concatenation along another axis than 1');
    return this.#push({
      className: 'Concatenate',
      name: '',
      options: {},
      inbound: items.map(placeOf),
    });
  }

  #push(layer: TorchLayer): Value {
    if (this.layers.length >= MOST_LAYERS) throw new NotUnderstood('more layers than are read');
    this.layers.push(layer);
    return { type: 'tensor', at: this.layers.length - 1 };
  }
}

function placeOf(value: Value | undefined): number {
  if (value?.type === 'tensor') return value.at;
  throw new NotUnderstood('an input that is no output of a layer');
}

function sizeAt(axis: Value | undefined): Value {
  return numberOf(axis) === 0 ? { type: 'batch' } : UNKNOWN_VALUE;
}
