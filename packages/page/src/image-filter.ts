type Shape = readonly [height: number, width: number, channels: number];

/**
 * Every byte less what its neighbours to the left, above and above left foretell, modulo 256: the Paeth filter of PNG
 * (https://www.w3.org/TR/png-3/#9Filter-type-4-Paeth), an image at a time.
 */
export function paethBytes(images: Uint8Array, shape: Shape): Uint8Array {
  const filtered = new Uint8Array(images.length);
  overImages(images.length, shape, (at, left, up, corner) => {
    filtered[at] = byte(images, at) - foretold(images, left, up, corner);
  });
  return filtered;
}

/** Undoes `paethBytes` in place. */
export function undoPaeth(filtered: Uint8Array, shape: Shape): Uint8Array {
  overImages(filtered.length, shape, (at, left, up, corner) => {
    filtered[at] = byte(filtered, at) + foretold(filtered, left, up, corner);
  });
  return filtered;
}

function overImages(
  length: number,
  [height, width, channels]: Shape,
  visit: (at: number, left: number, up: number, corner: number) => void,
): void {
  const row = width * channels;
  const size = height * row;
  for (let at = 0; at < length; at += 1) {
    const inImage = at % size;
    const hasLeft = inImage % row >= channels;
    const hasUp = inImage >= row;
    visit(
      at,
      hasLeft ? at - channels : -1,
      hasUp ? at - row : -1,
      hasLeft && hasUp ? at - row - channels : -1,
    );
  }
}

function byte(bytes: Uint8Array, at: number): number {
  return at < 0 ? 0 : (bytes[at] ?? 0);
}

function foretold(bytes: Uint8Array, left: number, up: number, corner: number): number {
  const a = byte(bytes, left);
  const b = byte(bytes, up);
  const c = byte(bytes, corner);
  const p = a + b - c;
  const [toA, toB, toC] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
