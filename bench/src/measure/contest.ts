/** The same work by several sides. The first side is the one that the others are held against. */
export interface Contest {
  readonly title: string;
  /** Of a sample: `ms`, `s`, `GFLOP/s`, `trials an hour`. */
  readonly unit: string;
  /** Which samples are better. */
  readonly better: 'less' | 'more';
  readonly sides: readonly ContestSide[];
}

/** One side of a contest, measured once a round. */
export interface ContestSide {
  readonly name: string;
  /** In the order of the rounds; empty for a side that cannot do the work. */
  readonly samples: readonly number[];
  /** What it is made of, or why it cannot do the work. */
  readonly versions?: string;
  /** Further measurements, by the heading of their column. */
  readonly also?: Readonly<Record<string, number>>;
}

/** The middle of some samples; NaN of none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The best sample of a side; NaN where it has none. */
export function best({ better }: Pick<Contest, 'better'>, samples: readonly number[]): number {
  if (samples.length === 0) return Number.NaN;
  return better === 'less' ? Math.min(...samples) : Math.max(...samples);
}

/** How many times the first side is ahead of another by their medians; below 1 where the other is ahead. */
export function lead(contest: Contest, side: ContestSide): number {
  const [first = Number.NaN, other] = [contest.sides[0]?.samples ?? [], side.samples].map(median);
  return contest.better === 'less' ? (other ?? Number.NaN) / first : first / (other ?? Number.NaN);
}

/** A contest with what follows from its samples, as `--json` writes it. */
export function contestToJson(contest: Contest): object {
  const { title, unit, better, sides } = contest;
  return {
    title,
    unit,
    better,
    sides: sides.map((side) => ({
      ...side,
      median: numberOrNull(median(side.samples)),
      best: numberOrNull(best(contest, side.samples)),
      lead: numberOrNull(lead(contest, side)),
    })),
  };
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
