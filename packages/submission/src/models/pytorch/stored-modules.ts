import { type TorchLayer, type TorchOption } from '../../code/torch/layer.ts';
import { moduleParameters } from '../../code/torch/signatures.ts';
import { type PickleValue, sequenceItems, stringEntries } from './pickle/values.ts';
import type { StoredModule } from './state-dict.ts';

/**
 * The layers of a whole model whose order its file says: modules of PyTorch's own, in one another's Sequentials.
 * `null` for a model with a class of its own, whose `forward` is code and in no file.
 */
export function layersOfModule(module: StoredModule): TorchLayer[] | null {
  const layers: TorchLayer[] = [];
  return collect(module, '', layers) ? layers : null;
}

function collect(module: StoredModule, name: string, layers: TorchLayer[]): boolean {
  const className = ownClass(module.className);
  if (className === null) return false;
  if (className === 'Sequential') {
    return [...module.children].every(([key, child]) =>
      collect(child, name === '' ? key : `${name}.${key}`, layers),
    );
  }
  layers.push(layerOfModule(module, className, name, [layers.length - 1]));
  return true;
}

/** One module as a layer, with the options that it keeps. Classes that are not known keep none: they are refused later. */
function layerOfModule(
  { attributes }: StoredModule,
  className: string,
  name: string,
  inbound: readonly number[],
): TorchLayer {
  const options: Record<string, TorchOption> = {};
  for (const option of moduleParameters(className)) {
    const value = optionOf(attributes.get(option));
    if (value !== undefined && attributes.has(option)) options[option] = value;
  }
  if (className === 'Unflatten') {
    const sizes = optionOf(attributes.get('unflattened_size'));
    if (sizes !== undefined) options['shape'] = sizes;
  }
  const parameters = attributes.get('_parameters');
  if ((className === 'Linear' || className === 'Conv2d') && !holds(parameters, 'bias')) {
    options['bias'] = false;
  }
  return { className, name, options, inbound };
}

/** The class of a module that comes with PyTorch; `null` for any other. Torch's names moved between its versions. */
function ownClass(qualified: string): string | null {
  return /^torch\.nn\.modules\.[a-z]+\.([A-Za-z0-9]+)$/u.exec(qualified)?.[1] ?? null;
}

function optionOf(value: PickleValue | undefined): TorchOption | undefined {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'string') return value;
  const items = sequenceItems(value);
  if (items === null || items.length > 8) return undefined;
  const numbers = items.filter((item) => typeof item === 'number');
  return numbers.length === items.length ? numbers : undefined;
}

/** Whether a module has a parameter: one that it was made without is kept as None. */
function holds(parameters: PickleValue | undefined, name: string): boolean {
  const entry = stringEntries(parameters)?.get(name);
  return entry !== undefined && entry !== null;
}
