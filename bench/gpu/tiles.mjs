// How fast each tile of each product is on the shapes of the labs' networks.
import { tilesOf } from '../../packages/core/src/engines/cuda/entries.ts';
import { openCuda } from '../../packages/core/src/engines/cuda/open.ts';

const REPEATS = 30;

const convolution = (title, rows, side, channels, filters, pad) => {
  const places = side + 2 * pad - 2;
  const geometry = {
    height: side,
    width: side,
    channels,
    filters,
    kernelHeight: 3,
    kernelWidth: 3,
    strideY: 1,
    strideX: 1,
    padTop: pad,
    padLeft: pad,
    outHeight: places,
    outWidth: places,
  };
  const [x, w, y] = [
    rows * side * side * channels,
    9 * channels * filters,
    rows * places * places * filters,
  ];
  const multiplyAdds = y * 9 * channels;
  return [
    ['conv2d', [x, w, y], [rows, geometry]],
    ['conv2dInputGradient', [y, w, x], [rows, geometry]],
    ['conv2dFilterGradient', [x, y, w], [rows, geometry]],
  ].map(([name, lengths, rest]) => ({ title, name, lengths, rest, multiplyAdds }));
};

const dense = (title, m, k, n) =>
  [
    ['matmul', [m * k, k * n, m * n]],
    ['matmulInputGradient', [m * n, k * n, m * k]],
    ['matmulWeightGradient', [m * k, m * n, k * n]],
  ].map(([name, lengths]) => ({ title, name, lengths, rest: [m, k, n], multiplyAdds: m * k * n }));

const SHAPES = [
  ...convolution('28×28×1→32', 128, 28, 1, 32, 0),
  ...convolution('26×26×32→64', 128, 26, 32, 64, 0),
  ...convolution('32×32×3→32', 32, 32, 3, 32, 1),
  ...convolution('32×32×32→32', 32, 32, 32, 32, 0),
  ...convolution('15×15×32→32', 32, 15, 32, 32, 1),
  ...dense('9216→128', 128, 9216, 128),
  ...dense('784→256', 128, 784, 256),
  ...dense('1152→512', 32, 1152, 512),
];

export async function timeTiles({ tell, sideBySide }) {
  const engine = await openCuda();
  for (const trials of sideBySide) {
    for (const { title, name, lengths, rest, multiplyAdds } of SHAPES) {
      const kernels = engine.createKernels(trials);
      const { launcher } = kernels;
      const pointers = lengths.map((length) => kernels.allocate(4 * length));
      const times = {};
      for (const tile of [null, ...tilesOf(name)]) {
        launcher.tile = tile;
        const once = () => kernels[name](...pointers, ...rest);
        once();
        launcher.synchronize();
        const start = performance.now();
        for (let repeat = 0; repeat < REPEATS; repeat += 1) once();
        launcher.synchronize();
        times[tile ?? 'chosen'] = ((performance.now() - start) * 1000) / REPEATS / trials;
      }
      kernels.release();
      const told = Object.entries(times).map(([tile, micros]) => `${tile} ${micros.toFixed(1)}`);
      const best = Math.min(...Object.values(times));
      tell({
        part: 'tiles',
        title,
        name,
        trials,
        times,
        text: `${name} ${title}, ${trials} side by side, µs a trial: ${told.join(', ')}; best ${((2 * multiplyAdds) / best / 1e6).toFixed(2)} TFLOP/s`,
      });
    }
  }
}
