/** A decoded picture as it looks on white paper: row-major `[height, width, 3]`, red, green and blue from 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/**
 * Lays a picture with 1 (grey), 2 (grey, opacity), 3 (colour) or 4 (colour, opacity) channels onto white paper.
 * `maximum` is the value of full intensity or opacity.
 */
export function onWhite(picture: {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
  readonly channels: number;
  readonly maximum: number;
}): Pixels {
  const { width, height, data, channels, maximum } = picture;
  const isGrey = channels < 3;
  const hasOpacity = channels === 2 || channels === 4;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const start = pixel * channels;
    const opacity = hasOpacity ? (data[start + channels - 1] ?? 0) / maximum : 1;
    for (let colour = 0; colour < 3; colour += 1) {
      const shade = (data[start + (isGrey ? 0 : colour)] ?? 0) / maximum;
      rgb[pixel * 3 + colour] = Math.round(255 * (shade * opacity + 1 - opacity));
    }
  }
  return { width, height, rgb };
}

/** Which positions of the longer side a position of the shorter one covers, and how much of it each is. */
interface Coverage {
  readonly first: number;
  readonly shares: Float64Array;
}

function coverage(from: number, to: number): Coverage[] {
  return Array.from({ length: to }, (_, position) => {
    const start = (position * from) / to;
    const end = ((position + 1) * from) / to;
    const first = Math.floor(start);
    const shares = new Float64Array(Math.max(1, Math.ceil(end - 1e-9) - first));
    for (let index = 0; index < shares.length; index += 1) {
      const low = Math.max(start, first + index);
      shares[index] = (Math.min(end, first + index + 1) - low) / (end - start);
    }
    return { first, shares };
  });
}

/** The mean over a coverage of values that lie `stride` apart, the first position at `offset`. */
function meanOf(
  values: ArrayLike<number>,
  { first, shares }: Coverage,
  offset: number,
  stride: number,
): number {
  let sum = 0;
  for (let index = 0; index < shares.length; index += 1) {
    sum += (shares[index] ?? 0) * (values[offset + (first + index) * stride] ?? 0);
  }
  return sum;
}

/** A copy of at most the same size, each pixel the mean of the area that it stands for. Sides of at least 1. */
export function shrink({ width, height, rgb }: Pixels, toWidth: number, toHeight: number): Pixels {
  const narrow = new Float32Array(toWidth * height * 3);
  for (const [x, columns] of coverage(width, toWidth).entries()) {
    for (let y = 0; y < height; y += 1) {
      for (let colour = 0; colour < 3; colour += 1) {
        const mean = meanOf(rgb, columns, y * width * 3 + colour, 3);
        narrow[(y * toWidth + x) * 3 + colour] = mean;
      }
    }
  }
  const small = new Uint8Array(toWidth * toHeight * 3);
  const row = toWidth * 3;
  for (const [y, rows] of coverage(height, toHeight).entries()) {
    for (let at = 0; at < row; at += 1)
      small[y * row + at] = Math.round(meanOf(narrow, rows, at, row));
  }
  return { width: toWidth, height: toHeight, rgb: small };
}
