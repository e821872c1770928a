const MOST_TEXT = 200_000;
/** A line that holds nothing but whole numbers, brackets, bars and a label in front. */
const ROW = /^[\s#>|[\](),:.\p{L}_"'*-]{0,60}?(?<numbers>-?\d+(?:[\s,|]+\d+)*)[\s\])|,]*$/u;

/**
 * The `k × k` matrices of whole numbers that are printed in a text: NumPy's brackets, R's tables with labels in front,
 * Markdown's rows. A row may begin with its label, when it holds one number more than it should.
 */
export function statedMatrices(text: string, k: number): number[][][] {
  const matrices: number[][][] = [];
  let rows: number[][] = [];
  for (const line of text.slice(0, MOST_TEXT).split('\n')) {
    const numbers = numbersIn(line);
    const isRow = numbers.length === k || (numbers.length === k + 1 && numbers[0] === rows.length);
    // A header of class labels 0 … k−1 stands above the rows of R's and pandas's tables.
    const isHeader =
      rows.length === 0 && numbers.length === k && numbers.every((n, at) => n === at);
    if (isHeader) continue;
    if (!isRow) {
      if (line.trim() !== '' && !/^[\s|:+-]+$/u.test(line)) rows = [];
      continue;
    }
    rows.push(numbers.slice(-k));
    if (rows.length === k) {
      matrices.push(rows);
      rows = [];
    }
  }
  return matrices;
}

function numbersIn(line: string): number[] {
  const numbers = line.length > 2000 ? undefined : ROW.exec(line)?.groups?.['numbers'];
  return (numbers?.match(/\d+/gu) ?? []).map(Number);
}
