import { between } from './classification-data.ts';
import type { REGRESSION_DATA_SETS } from './config.ts';
import type { PlaygroundPoint } from './point.ts';

const RADIUS = 6;

/** Centres and signs of `regressGaussian` in src/dataset.ts. */
const GAUSSIANS = [
  [-4, 2.5, 1],
  [0, 2.5, -1],
  [4, 2.5, 1],
  [-4, -2.5, -1],
  [0, -2.5, 1],
  [4, -2.5, -1],
] as const;

/**
 * The playground's regression data after src/dataset.ts of github.com/tensorflow/playground (Apache-2.0): places in a
 * square of side 12, labelled by what a noisy place says. `noise` is a share.
 */
export function regressionData(
  dataset: (typeof REGRESSION_DATA_SETS)[number],
  count: number,
  noise: number,
  uniform: () => number,
): PlaygroundPoint[] {
  const label = dataset === 'reg-plane' ? plane : gaussians;
  const coordinate = (): number => between(-RADIUS, RADIUS, uniform);
  return Array.from({ length: count }, () => {
    const x = coordinate();
    const y = coordinate();
    const noiseX = coordinate() * noise;
    const noiseY = coordinate() * noise;
    return { x, y, label: label(x + noiseX, y + noiseY) };
  });
}

/** `regressPlane`: x + y, scaled from [−10, 10] to [−1, 1]. */
function plane(x: number, y: number): number {
  return ((x + y + 10) / 20) * 2 - 1;
}

/** `regressGaussian`: the nearest of six hills and hollows, which fall to nothing over a distance of 2. */
function gaussians(x: number, y: number): number {
  let label = 0;
  for (const [centreX, centreY, sign] of GAUSSIANS) {
    const dx = x - centreX;
    const dy = y - centreY;
    const height = sign * (1 - Math.min(1, Math.sqrt(dx * dx + dy * dy) / 2));
    if (Math.abs(height) > Math.abs(label)) label = height;
  }
  return label;
}
