/** The largest of a row; a leading NaN stays, later ones are passed over. */
export function rowMaximum(x: Float32Array, start: number, columns: number): number {
  let maximum = x[start]!;
  for (let c = 1; c < columns; c++) {
    if (x[start + c]! > maximum) maximum = x[start + c]!;
  }
  return maximum;
}
