import type { Pointer } from '../memory.ts';

/** Products of matrices, the bias of rows, and their gradients. */
export interface DenseKernels {
  /** c[m,n] = a[m,k] · b[k,n], summed over k. */
  matmul(a: Pointer, b: Pointer, c: Pointer, m: number, k: number, n: number): void;
  /** Input gradient dx[m,k] = dy[m,n] · w[k,n]ᵀ, summed over n. */
  matmulInputGradient(dy: Pointer, w: Pointer, dx: Pointer, m: number, k: number, n: number): void;
  /** Weight gradient dw[k,n] = x[m,k]ᵀ · dy[m,n], summed over the examples m. */
  matmulWeightGradient(x: Pointer, dy: Pointer, dw: Pointer, m: number, k: number, n: number): void;
  /** y[r,c] = x[r,c] + bias[c]; y may be x. */
  addBias(x: Pointer, bias: Pointer, y: Pointer, rows: number, columns: number): void;
  /** db[c] = Σ dy[r,c], summed over the rows. */
  biasGradient(dy: Pointer, db: Pointer, rows: number, columns: number): void;
}
