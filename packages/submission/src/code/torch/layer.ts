/** A value of an option of a layer, as PyTorch's constructors take them. */
export type TorchOption = null | boolean | number | string | readonly number[];

/** One step of a network in PyTorch's words. */
export interface TorchLayer {
  /** `Linear`, `Conv2d`, `MaxPool2d`, `Flatten`, `Add` … */
  readonly className: string;
  /** What the names of its arrays begin with: `features.0`, `conv1`. */
  readonly name: string;
  readonly options: Readonly<Record<string, TorchOption>>;
  /** Places in the list of the layers whose outputs it takes; −1 is the network's input. */
  readonly inbound: readonly number[];
}

/** What is wrong with one layer, told without knowing which file it is in. */
export class TorchLayerProblem extends Error {
  override readonly name = 'TorchLayerProblem';
}

/** `Conv2d(1, 32, kernel_size=3)`: a layer as a person would write it. */
export function describeTorchLayer({ className, options }: TorchLayer): string {
  const written = Object.entries(options).map(([name, value]) =>
    POSITIONAL.has(name) ? textOf(value) : `${name}=${textOf(value)}`,
  );
  return `${className}(${written.join(', ')})`;
}

const POSITIONAL = new Set([
  'in_features',
  'out_features',
  'in_channels',
  'out_channels',
  'num_features',
]);

function textOf(value: TorchOption): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return Array.isArray(value) ? `(${value.join(', ')})` : String(value);
}
