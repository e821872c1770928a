/** What torchvision's `Normalize(mean, std)` does to pixels that `ToTensor` brought into [0, 1], a channel at a time. */
export interface InputNormalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * The ways in which courses scale their images, by the number of channels: as `ToTensor` leaves them; MNIST's own mean
 * and deviation (PyTorch's example); to [−1, 1] (PyTorch's tutorials); CIFAR-10's own, with its deviation and with the
 * mean deviation of an image, which many repositories copy.
 */
const USUAL: Readonly<Record<number, readonly InputNormalization[]>> = {
  1: [
    { mean: [0], std: [1] },
    { mean: [0.1307], std: [0.3081] },
    { mean: [0.5], std: [0.5] },
    { mean: [0.286], std: [0.353] },
  ],
  3: [
    { mean: [0, 0, 0], std: [1, 1, 1] },
    { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
    { mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201] },
    { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  ],
};

/** The usual ways to scale images of so many channels, the plainest first. */
function usualNormalizations(channels: number): readonly InputNormalization[] {
  return USUAL[channels] ?? [];
}

/** `ToTensor()`, or `ToTensor(), Normalize((0.1307,), (0.3081,))`: as code says it. */
export function describeNormalization({ mean, std }: InputNormalization): string {
  const plain = mean.every((value) => value === 0) && std.every((value) => value === 1);
  const tuple = (values: readonly number[]): string =>
    values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
  return plain ? 'ToTensor()' : `ToTensor(), Normalize(${tuple(mean)}, ${tuple(std)})`;
}

/** How the images may have been scaled: as the code says it, else in each of the usual ways. */
export function scalings(
  channels: number,
  {
    code,
  }: {
    readonly code: () => {
      readonly normalizations: readonly InputNormalization[];
    };
  },
): {
  readonly normalizations: readonly InputNormalization[];
  readonly normalizationsFrom: 'code' | 'usual';
} {
  const written = code().normalizations.filter(({ mean }) => mean.length === channels);
  return written.length > 0
    ? { normalizations: written, normalizationsFrom: 'code' }
    : {
        normalizations: usualNormalizations(channels),
        normalizationsFrom: 'usual',
      };
}
