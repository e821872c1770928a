import type { OutputGrid, PlanePoint } from '../../src/plots/decision-boundary.ts';
import { numbersFrom, round } from './numbers.ts';

/** A made-up network that says yes inside a bent ring: smooth, with a hole, so that contours have islands. */
export function syntheticGrid(size: number = 60): OutputGrid {
  const at = (index: number): number => -6 + ((index + 0.5) * 12) / size;
  const values = Float32Array.from({ length: size * size }, (_, cell) => {
    const x = at(cell % size);
    const y = at(Math.floor(cell / size));
    const radius = Math.sqrt(x * x + y * y) + x * 0.18;
    return Math.max(-1, Math.min(1, 1.4 - Math.abs(radius - 3) * 0.9));
  });
  return { domain: [-6, 6], size, values };
}

/** Made-up examples: a ring of the positive class around and within the negative one. */
export function syntheticPoints(): PlanePoint[] {
  const next = numbersFrom(8);
  return Array.from({ length: 160 }, (_, index) => {
    const x = round((next() - 0.5) * 11, 3);
    const y = round((next() - 0.5) * 11, 3);
    const radius = Math.sqrt(x * x + y * y) + x * 0.18 + (next() - 0.5);
    return {
      x,
      y,
      label: Math.abs(radius - 3) < 1.55 ? 1 : -1,
      part: index % 5 === 0 ? 'test' : 'training',
    };
  });
}
