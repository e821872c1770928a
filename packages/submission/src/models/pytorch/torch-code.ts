import { readTorchNetworks, type TorchNetwork } from '../../code/torch/networks.ts';
import { readTorchTraining } from '../../code/torch/training/read-training.ts';
import type { TorchTraining } from '../../code/torch/training/training.ts';
import type { InputNormalization } from './normalization.ts';

/** What the code of a submission says about its networks of PyTorch's. */
export interface TorchCode {
  readonly networks: readonly TorchNetwork[];
  /** Every `Normalize` of it, in order, each once. */
  readonly normalizations: readonly InputNormalization[];
  /** How it trains its network; `null` where it does not say. */
  readonly training: TorchTraining | null;
}

export const NO_CODE: TorchCode = { networks: [], normalizations: [], training: null };

const NORMALIZE =
  /\bNormalize\s{0,20}\(\s{0,20}(?:mean\s{0,9}=\s{0,9})?[([]([\d.,\s]{1,200})[)\]]\s{0,20},\s{0,20}(?:std\s{0,9}=\s{0,9})?[([]([\d.,\s]{1,200})[)\]]/gu;
const MOST_NORMALIZATIONS = 8;

/** Reads pieces of Python, in order, when it is first asked for: most submissions have no model of PyTorch's. */
export function torchCode(pieces: readonly string[]): () => TorchCode {
  let read: TorchCode | null = null;
  return () => {
    read ??= {
      networks: readTorchNetworks(pieces),
      normalizations: distinct(pieces.flatMap(normalizationsIn)),
      training: readTorchTraining(pieces),
    };
    return read;
  };
}

function normalizationsIn(code: string): InputNormalization[] {
  return [...code.slice(0, 400_000).matchAll(NORMALIZE)].flatMap(([, mean = '', std = '']) => {
    const [means, deviations] = [numbers(mean), numbers(std)];
    const sound =
      means.length > 0 &&
      means.length === deviations.length &&
      deviations.every((value) => value > 0);
    return sound ? [{ mean: means, std: deviations }] : [];
  });
}

function numbers(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  const values = parts.filter((part) => part !== '').map(Number);
  return values.every(Number.isFinite) ? values : [];
}

/** The first of each, up to a bound: every one is tried. */
function distinct(all: readonly InputNormalization[]): InputNormalization[] {
  const once = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...once.values()].slice(0, MOST_NORMALIZATIONS);
}
