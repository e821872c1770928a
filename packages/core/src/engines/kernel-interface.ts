import { GEOMETRIES } from './geometries.ts';
import { RETURNS_NUMBER, SIGNATURES } from './signatures.ts';
import { SPLITS } from './splits.ts';

/**
 * All that a caller of compiled kernels takes for granted, in a form to compare. The native addon carries the one it was
 * built with: functions of another signature, or calls that are cut in another way, would read other memory than they were
 * given.
 */
export const KERNEL_INTERFACE: string = JSON.stringify([
  GEOMETRIES,
  SIGNATURES,
  [...RETURNS_NUMBER],
  SPLITS,
]);
