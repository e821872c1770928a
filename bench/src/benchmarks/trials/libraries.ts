import { hasModule } from '../../measure/python-modules.ts';
import { type CommandLine, nodeSide, pythonSide } from '../../measure/side-process.ts';

/** A library that trains. */
export interface Library {
  readonly name: string;
  command(threads: number): CommandLine;
  /** Whether one process can use two threads. */
  readonly twoThreads: boolean;
  /** Why it cannot train a convolution; `null` where it can. */
  readonly noConvolution: string | null;
}

const NO_FILTER_GRADIENT =
  'cannot train a convolution: the backend has no kernel Conv2DBackpropFilter';

/** Every library at hand, Labproof first; those of Python where the interpreter has them. */
export function librariesAtHand(python: string | null): Library[] {
  return [
    labproof('native'),
    labproof('wasm'),
    ...(python === null ? [] : pythonLibraries(python)),
    tensorflowJs('wasm', NO_FILTER_GRADIENT),
    tensorflowJs('cpu', null),
  ];
}

function labproof(engine: 'native' | 'wasm'): Library {
  const script = new URL('sides/labproof.ts', import.meta.url);
  return {
    name: `Labproof ${engine}`,
    command: (threads) => nodeSide(script, engine, String(threads)),
    twoThreads: true,
    noConvolution: null,
  };
}

function tensorflowJs(backend: 'wasm' | 'cpu', noConvolution: string | null): Library {
  const script = new URL('sides/tfjs.ts', import.meta.url);
  return {
    name: `TF.js ${backend}`,
    command: () => nodeSide(script, backend),
    twoThreads: false,
    noConvolution,
  };
}

const PYTHON = [
  ['Keras', 'tensorflow', 'keras_trials.py'],
  ['Keras fit', 'tensorflow', 'keras_fit_trials.py'],
  ['PyTorch', 'torch', 'pytorch_trials.py'],
] as const;

function pythonLibraries(python: string): Library[] {
  const modules = new Set(PYTHON.map(([, module]) => module));
  const found = new Set([...modules].filter((module) => hasModule(python, module)));
  return PYTHON.filter(([, module]) => found.has(module)).map(([name, , script]) => ({
    name,
    command: (threads) => pythonSide(python, script, String(threads)),
    twoThreads: true,
    noConvolution: null,
  }));
}

/** The named ones, all where none is named. Throws for a name that is none of them. */
export function pick<T extends { readonly name: string }>(
  all: readonly T[],
  names: readonly string[],
): readonly T[] {
  const unknown = names.find((name) => all.every((each) => each.name !== name));
  if (unknown !== undefined) {
    throw new RangeError(`"${unknown}" is none of: ${all.map(({ name }) => name).join(', ')}`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** Every library but the named ones. */
export function without(all: readonly Library[], names: readonly string[]): readonly Library[] {
  pick(all, names);
  return all.filter(({ name }) => !names.includes(name));
}

/** Losses of the first steps may differ by so much: more means that a side trains another network. */
const TOLERANCE = 0.01;

/** Every side must train the same network: same losses, step by step, as the first side. Throws where one does not. */
export function compareLosses(
  sides: readonly { readonly name: string; readonly losses: readonly number[] }[],
): void {
  const [first, ...others] = sides;
  if (first === undefined) return;
  for (const { name, losses } of others) {
    const common = Math.min(losses.length, first.losses.length);
    const theirs = meanLoss(losses.slice(0, common));
    const ours = meanLoss(first.losses.slice(0, common));
    if (!(Math.abs(theirs - ours) <= TOLERANCE * ours)) {
      throw new Error(
        `${name} trains another network: mean loss of ${common} steps ${theirs}, ${first.name} ${ours}`,
      );
    }
  }
}

export function meanLoss(losses: readonly number[]): number {
  return losses.reduce((sum, value) => sum + value, 0) / losses.length;
}
