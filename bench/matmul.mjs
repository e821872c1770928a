// Matrix products on one core: Labproof's engines beside NumPy's BLAS and PyTorch, in one run.
//
//   node --import tsx --conditions=@labproof/source bench/matmul.mjs [--python PATH] [--rounds N] [--seconds S] [--json FILE]
import { fileURLToPath } from 'node:url';
import { race, randomArray } from './kernel-race.mjs';

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
];

await race({
  script: fileURLToPath(new URL('matmul.py', import.meta.url)),
  tasks: PRODUCTS.map(({ operation, m, k, n }) => ({
    title: `${operation} ${m}×${k}×${n}`,
    operations: 2 * m * k * n,
    operation,
    m,
    k,
    n,
  })),
  prepare(kernels, { operation, m, k, n }) {
    const [x, w, y] = [m * k, k * n, m * n].map((length, stream) =>
      randomArray(kernels, length, stream),
    );
    if (operation === 'forward') return () => kernels.matmul(x, w, y, m, k, n);
    if (operation === 'weights') return () => kernels.matmulWeightGradient(x, y, w, m, k, n);
    return () => kernels.matmulInputGradient(y, w, x, m, k, n);
  },
});
