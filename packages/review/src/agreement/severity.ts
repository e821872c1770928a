/** One mark as a share of the points that could be given. */
export interface MarkedShare {
  readonly reader: string;
  readonly question: string;
  readonly share: number;
}

/** How a reader's marks lie to those of all. */
export interface Severity {
  readonly reader: string;
  readonly n: number;
  /** Mean of the reader's shares less the mean of all readers on the same questions: below 0 is stricter. */
  readonly severity: number;
  /** Standard error of that mean; `null` from fewer than two marks. */
  readonly error: number | null;
  /** The same of the reader's last third less that of the first; `null` from fewer than nine marks. */
  readonly drift: number | null;
}

/** Fewer marks make no thirds worth comparing. */
const SHORTEST_DRIFT = 9;

/**
 * Severity and drift of every reader, by name. `marks` are in the order in which they were given. Answers are dealt by
 * lot, so readers of the same question see the same mixture, and a difference of means is theirs.
 */
export function severities(marks: readonly MarkedShare[]): Severity[] {
  const questions = new Map<string, number[]>();
  for (const { question, share } of marks) {
    const own = questions.get(question);
    if (own === undefined) questions.set(question, [share]);
    else own.push(share);
  }
  const means = new Map([...questions].map(([question, shares]) => [question, meanOf(shares)]));
  const readers = [...new Set(marks.map(({ reader }) => reader))].toSorted();
  return readers.map((reader) => {
    const residuals = marks
      .filter((mark) => mark.reader === reader)
      .map(({ question, share }) => share - (means.get(question) ?? 0));
    const third = Math.floor(residuals.length / 3);
    const severity = meanOf(residuals);
    const squares = residuals.reduce((sum, value) => sum + (value - severity) ** 2, 0);
    return {
      reader,
      n: residuals.length,
      severity,
      error:
        residuals.length < 2
          ? null
          : Math.sqrt(squares / (residuals.length - 1) / residuals.length),
      drift:
        residuals.length < SHORTEST_DRIFT
          ? null
          : meanOf(residuals.slice(-third)) - meanOf(residuals.slice(0, third)),
    };
  });
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
