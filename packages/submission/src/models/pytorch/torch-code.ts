import { readTorchNetworks, type TorchNetwork } from '../../code/torch/networks.ts';
import { readTorchTraining, TrainingEffort } from '../../code/torch/training/read-training.ts';
import type { TorchTraining } from '../../code/torch/training/training.ts';
import type { InputNormalization } from './normalization.ts';

/** What the code of a submission says about its networks of PyTorch's. */
export interface TorchCode {
  readonly networks: readonly TorchNetwork[];
  /** Every `Normalize` of it, in order, each once. */
  readonly normalizations: readonly InputNormalization[];
  /** How it trains the network of an exercise, `null` for one that is not known; `null` where it does not say. */
  trainingFor(exercise: string | null): TorchTraining | null;
}

/** A piece of Python, and the exercise that its file or the question above it names. */
export interface CodePiece {
  readonly text: string;
  readonly exercise: string | null;
}

export const NO_CODE: TorchCode = {
  networks: [],
  normalizations: [],
  trainingFor: () => null,
};

const NORMALIZE =
  /\bNormalize\s{0,20}\(\s{0,20}(?:mean\s{0,9}=\s{0,9})?[([]([\d.,\s]{1,200})[)\]]\s{0,20},\s{0,20}(?:std\s{0,9}=\s{0,9})?[([]([\d.,\s]{1,200})[)\]]/gu;
const MOST_NORMALIZATIONS = 8;

/** Reads pieces of Python, in order, when it is first asked for: most submissions have no model of PyTorch's. */
export function torchCode(pieces: readonly CodePiece[]): () => TorchCode {
  let read: TorchCode | null = null;
  return () => {
    if (read === null) {
      const texts = pieces.map(({ text }) => text);
      read = {
        networks: readTorchNetworks(texts),
        normalizations: distinct(texts.flatMap(normalizationsIn)),
        trainingFor: trainings(pieces),
      };
    }
    return read;
  };
}

/** Each exercise's training is read once: without the code that is another's, or where that has none, in all of it. */
function trainings(pieces: readonly CodePiece[]): TorchCode['trainingFor'] {
  const effort = new TrainingEffort();
  const known = new Map<string | null, TorchTraining | null>();
  const readOnce = (
    exercise: string | null,
    chosen: readonly CodePiece[],
  ): TorchTraining | null => {
    const before = known.get(exercise);
    if (before !== undefined) return before;
    const training = readTorchTraining(
      chosen.map(({ text }) => text),
      effort,
    );
    known.set(exercise, training);
    return training;
  };
  return (exercise) => {
    const own = pieces.filter((piece) => piece.exercise === null || piece.exercise === exercise);
    if (exercise === null || own.length === pieces.length) return readOnce(null, pieces);
    return readOnce(exercise, own) ?? readOnce(null, pieces);
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
