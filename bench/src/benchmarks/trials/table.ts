import { median } from '../../measure/contest.ts';
import { short } from '../../measure/table.ts';
import { meanLoss } from './libraries.ts';
import type { ModeResult } from './side.ts';

const MODES = ['1 × 1', '1 × 2', '2 × 1'];

/** What came out of the rounds of one mode. */
export interface ModeSummary {
  readonly name: string;
  /** Trials an hour, a round each. */
  readonly samples: readonly number[];
  readonly median: number;
  readonly best: number;
  readonly millisecondsPerStep: number;
  readonly others: number;
}

/** A library on one network; without modes where it cannot train it. */
export interface TrialSide {
  readonly name: string;
  readonly versions: string;
  readonly losses: readonly number[];
  readonly modes: readonly ModeSummary[];
}

export function summarize(name: string, results: readonly ModeResult[]): ModeSummary {
  const samples = results.map(({ trialsPerHour }) => trialsPerHour);
  return {
    name,
    samples,
    median: median(samples),
    best: Math.max(...samples),
    millisecondsPerStep: median(results.map((result) => result.millisecondsPerStep)),
    others: median(results.map(({ others }) => others)),
  };
}

/** The mode with the most trials an hour; `null` of none. */
export function bestMode(modes: readonly ModeSummary[]): ModeSummary | null {
  return modes.reduce<ModeSummary | null>(
    (best, mode) => (best === null || mode.median > best.median ? mode : best),
    null,
  );
}

/** One network as Markdown, with all modes of all libraries. */
export function trialsTable(title: string, sides: readonly TrialSide[]): string {
  const leader = sides.find(({ modes }) => modes.length > 0);
  const first = bestMode(leader?.modes ?? []);
  const header = ['side', ...MODES, 'best round', 'ms/step', `${leader?.name} is ahead by`, 'loss'];
  const lines = [
    `### ${title}`,
    '',
    row(header),
    row(header.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...sides.map((side) => row(cellsOf(side, first, header.length))),
  ];
  const loads = sides.flatMap(({ modes }) => modes.map(({ others }) => others));
  const notes = sides.map(({ name, versions }) => `- ${name}: ${versions}`);
  const load = `While a side ran, others kept ${median(loads).toFixed(2)} cores busy (median; at most ${Math.max(...loads).toFixed(2)} in the median of a mode).`;
  return [...lines, '', load, '', ...notes].join('\n');
}

function cellsOf(
  { name, modes, losses }: TrialSide,
  first: ModeSummary | null,
  columns: number,
): string[] {
  const best = bestMode(modes);
  if (best === null || first === null)
    return [name, ...Array.from({ length: columns - 1 }, () => '–')];
  const cells = MODES.map((mode) => {
    const found = modes.find((each) => each.name === mode);
    if (found === undefined) return '–';
    return found === best ? `**${short(found.median)}**` : short(found.median);
  });
  return [
    name,
    ...cells,
    short(best.best),
    short(best.millisecondsPerStep),
    `${(first.median / best.median).toFixed(2)} × (${(first.best / best.best).toFixed(2)} ×)`,
    `${meanLoss(losses).toFixed(4)}${losses.length === 20 ? '' : ` (${losses.length})`}`,
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
