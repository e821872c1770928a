import { best, type Contest, type ContestSide, lead, median } from './contest.ts';

/** A contest as Markdown: a side a row, medians, the best round, and by how much the first side is ahead. */
export function contestTable(contest: Contest): string {
  const { title, unit, sides } = contest;
  const first = sides[0]?.name ?? '';
  const further = [...new Set(sides.flatMap(({ also = {} }) => Object.keys(also)))];
  const described = sides.some(({ versions }) => versions !== undefined);
  const header = ['side', `median ${unit}`, 'best', `${first} is ahead by`, ...further];
  if (described) header.push('versions');
  const rows = sides.map((side) => [
    side.name,
    short(median(side.samples)),
    short(best(contest, side.samples)),
    times(lead(contest, side)),
    ...further.map((name) => short(side.also?.[name] ?? Number.NaN)),
    ...(described ? [side.versions ?? ''] : []),
  ]);
  const align = header.map((_, index) =>
    index === 0 || (described && index === header.length - 1) ? '---' : '---:',
  );
  return [`### ${title}`, '', ...[header, align, ...rows].map(row), ''].join('\n');
}

/** Contests of the same sides as one table: a contest a row, the median of each side, and the lead of the first. */
export function contestMatrix(title: string, contests: readonly Contest[]): string {
  const names = [...new Set(contests.flatMap(({ sides }) => sides.map(({ name }) => name)))];
  const [first, ...others] = names;
  const unit = contests[0]?.unit ?? '';
  const header = [`median ${unit}`, ...names, ...others.map((name) => `${first} ÷ ${name}`)];
  const rows = contests.map((contest) => {
    const side = (name: string): ContestSide | undefined =>
      contest.sides.find((each) => each.name === name);
    return [
      contest.title,
      ...names.map((name) => short(median(side(name)?.samples ?? []))),
      ...others.map((name) => {
        const other = side(name);
        return other === undefined ? '–' : times(lead(contest, other));
      }),
    ];
  });
  const align = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [`### ${title}`, '', ...[header, align, ...rows].map(row), ''].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function times(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(2)} ×` : '–';
}

/** Three significant digits, without an exponent; a dash for what is no number. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
