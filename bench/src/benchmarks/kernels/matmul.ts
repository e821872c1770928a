import type { Benchmark } from '../../benchmark.ts';
import { KERNEL_OPTIONS, type KernelTask, raceKernels, randomArray } from './race.ts';

/** x[m,k] · w[k,n]; `weights` is the gradient xᵀ · dy, `inputs` the gradient dy · wᵀ. All are 2·m·k·n operations. */
const PRODUCTS = [
  { operation: 'forward', m: 1024, k: 1024, n: 1024 },
  { operation: 'forward', m: 128, k: 784, n: 256 },
  { operation: 'weights', m: 128, k: 784, n: 256 },
  { operation: 'forward', m: 128, k: 256, n: 10 },
  { operation: 'weights', m: 128, k: 256, n: 10 },
  { operation: 'inputs', m: 128, k: 256, n: 10 },
  { operation: 'forward', m: 128, k: 512, n: 512 },
  { operation: 'inputs', m: 128, k: 512, n: 512 },
  { operation: 'forward', m: 32, k: 784, n: 32 },
  { operation: 'weights', m: 32, k: 784, n: 32 },
] as const;

type Product = KernelTask & (typeof PRODUCTS)[number];

export const matmul: Benchmark = {
  name: 'matmul',
  about: 'matrix products on one core: the engines beside NumPy’s BLAS and PyTorch',
  rounds: 5,
  options: KERNEL_OPTIONS,
  run: (bench) =>
    raceKernels(bench, {
      title: 'Matrix products, one thread',
      script: 'matmul.py',
      tasks: PRODUCTS.map((product): Product => {
        const { operation, m, k, n } = product;
        return { title: `${operation} ${m}×${k}×${n}`, operations: 2 * m * k * n, ...product };
      }),
      prepare(kernels, { operation, m, k, n }) {
        const x = randomArray(kernels, m * k, 0);
        const w = randomArray(kernels, k * n, 1);
        const y = randomArray(kernels, m * n, 2);
        if (operation === 'forward') return () => kernels.matmul(x, w, y, m, k, n);
        if (operation === 'weights') return () => kernels.matmulWeightGradient(x, y, w, m, k, n);
        return () => kernels.matmulInputGradient(y, w, x, m, k, n);
      },
    }),
};
