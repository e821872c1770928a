const MODES = ['1 × 1', '1 × 2', '2 × 1'];

/** A mode's median trials an hour, and the best of its rounds. */
export function summarize({ name, results }) {
  const hourly = results.map(({ trialsPerHour }) => trialsPerHour);
  const steps = results.map(({ millisecondsPerStep }) => millisecondsPerStep);
  const examples = results.map(({ millisecondsPerExample }) => millisecondsPerExample);
  return {
    name,
    median: middle(hourly),
    best: Math.max(...hourly),
    millisecondsPerStep: middle(steps),
    millisecondsPerExample: middle(examples),
    rounds: results.length,
    others: middle(results.map(({ others }) => others)),
  };
}

/** The mode with the most trials an hour. */
export function bestMode(modes) {
  return modes.reduce((best, mode) => (mode.median > best.median ? mode : best));
}

/** One exercise as Markdown. */
export function tableOf({ title, name, sides }) {
  const leader = sides.find(({ modes }) => modes.length > 0);
  const first = bestMode(leader.modes);
  const header = ['side', ...MODES, 'best round', 'ms/step', `${leader.name} is ahead by`, 'loss'];
  const lines = [
    `### ${name}: ${title}`,
    '',
    row(header),
    row(header.map((_, i) => (i === 0 ? '---' : '---:'))),
  ];
  for (const side of sides) {
    if (side.modes.length === 0) {
      lines.push(row([side.name, ...header.slice(1).map(() => '–')]));
      continue;
    }
    const best = bestMode(side.modes);
    const cells = MODES.map((mode) => {
      const found = side.modes.find((each) => each.name === mode);
      if (found === undefined) return '–';
      return found === best ? `**${short(found.median)}**` : short(found.median);
    });
    lines.push(
      row([
        side.name,
        ...cells,
        short(best.best),
        short(best.millisecondsPerStep),
        `${(first.median / best.median).toFixed(2)} × (${(first.best / best.best).toFixed(2)} ×)`,
        `${mean(side.losses).toFixed(4)}${side.losses.length === 20 ? '' : ` (${side.losses.length})`}`,
      ]),
    );
  }
  const loads = sides.flatMap(({ modes }) => modes.map(({ others }) => others));
  const notes = sides.map(({ name, note, versions }) => `- ${name}: ${note ?? versions}`);
  const load = `While a side ran, others kept ${middle(loads).toFixed(2)} cores busy (median; at most ${Math.max(...loads).toFixed(2)} in the median of a mode).`;
  return [...lines, '', load, '', ...notes, ''].join('\n');
}

export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function middle(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** Three significant digits, without an exponent. */
function short(value) {
  if (value >= 100) return value.toFixed(0);
  const digits = value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toFixed(digits);
}
