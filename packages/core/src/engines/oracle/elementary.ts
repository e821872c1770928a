import { exp } from '../../elementary/exponential.ts';
import { log } from '../../elementary/logarithm.ts';
import { sin } from '../../elementary/sine.ts';
import type { ElementaryKernels } from '../kernels/elementary.ts';
import { elementwise } from './elementwise.ts';
import type { OracleMemory } from './memory.ts';

export function elementaryKernels(memory: OracleMemory): ElementaryKernels {
  const { map } = elementwise(memory);
  return { exp: map(exp), log: map(log), sin: map(sin), sqrt: map(Math.sqrt) };
}
