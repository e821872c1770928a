import type { DatasetSamples } from '../../src/parts/models/sample-images.ts';

/** Made-up images: two of each of ten classes, a slope of grey whose direction is the class. */
export function syntheticSamples(): Record<string, DatasetSamples> {
  const classes = Array.from({ length: 10 }, (_, label) => String(label));
  const images = Array.from({ length: 20 }, (_, index) => {
    const label = index % 10;
    return {
      index,
      label,
      height: 28,
      width: 28,
      channels: 1,
      pixels: Uint8Array.from(
        { length: 784 },
        (_, position) => ((position % 28) * label + Math.floor(position / 28) * (9 - label)) % 256,
      ),
    };
  });
  return { mnist: { title: 'Made-up digits', classes, images } };
}
