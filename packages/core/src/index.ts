export * from './bands.ts';
export * from './dataset.ts';
export * from './errors.ts';
export * from './lab.ts';
export * from './recipe.ts';
export * from './trial.ts';
export type { Kernels, Pointer } from './engines/kernels.ts';
