/**
 * Visits the numbers of an array in row-major order of its shape: `visit(place, at)` for the number of index `place`,
 * which lies `at` numbers behind the first. `strides` are numbers from one index to the next, along each axis.
 */
export function visitStrided(
  shape: readonly number[],
  strides: readonly number[],
  visit: (place: number, at: number) => void,
): void {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const index = shape.map(() => 0);
  let at = 0;
  for (let place = 0; place < length; place += 1) {
    visit(place, at);
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const next = (index[axis] ?? 0) + 1;
      const stride = strides[axis] ?? 0;
      if (next < (shape[axis] ?? 1)) {
        index[axis] = next;
        at += stride;
        break;
      }
      index[axis] = 0;
      at -= (next - 1) * stride;
    }
  }
}
