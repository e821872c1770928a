import { encode } from 'fast-png';

/** A PNG of a diagonal line on white, or of nothing but white. */
export function png(
  options: { width?: number; height?: number; blank?: boolean; shade?: number } = {},
): Uint8Array {
  const { width = 80, height = 60, blank = false, shade = 0 } = options;
  const data = new Uint8Array(width * height * 3).fill(255);
  if (!blank)
    for (let at = 0; at < Math.min(width, height); at += 1)
      data.fill(shade, (at * width + at) * 3, (at * width + at) * 3 + 3);
  return encode({ width, height, data, channels: 3 });
}
