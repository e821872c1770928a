import type { Curve } from './curve-names.ts';

/** Where a line of a training's log is: in which epoch, of how many, counted as the log counts. */
interface EpochMark {
  readonly epoch: number;
  readonly planned: number | null;
}

export type Part = 'training' | 'validation' | 'test';

/** A loss or an accuracy that a line of a log tells. */
interface LogMetric {
  readonly metric: 'loss' | 'accuracy';
  /** What the line says it was measured on; `null` where it does not say. */
  readonly part: Part | null;
  /** Accuracies as fractions. */
  readonly value: number;
  /** It says that it is a mean over what was gone through, and not one batch's. */
  readonly isMean: boolean;
}

/** What a line says that a program's own loop over epochs printed. */
export interface LogLine {
  readonly mark: EpochMark | null;
  /** It tells of a batch: "Step [100/600]", "[6400/60000 (11%)]", a bar of tqdm's. */
  readonly ofBatch: boolean;
  /** A bar of tqdm's. */
  readonly isBar: boolean;
  /** A part of the data that is named before any number: "Test Error:", "Validation:". */
  readonly phase: Part | null;
  readonly metrics: readonly LogMetric[];
}

/**
 * "Epoch [3/10]", "Epoch: 3", "epoch 3 of 10", "'epoch': 3.0", "Epoche 3/10"; not "Epoch: 100%|███", "best epoch: 5" nor
 * "epochs: 10".
 */
const EPOCH =
  /(?<![\p{L}\d_])(?<!\b(?:best|from|at|since|resume|resuming|last) )(?:epoch|epoche|époque|época|ep)['"]?(?: ?(?:#|:|=|no\.?|nr\.?))? ?[[(]?['"]? ?(?<epoch>\d{1,6})(?:\.0+)?(?![\d.]*%|\.?\d)['"]?(?:\]?(?: ?\/ ?| of )\[?(?<planned>\d{1,6})(?![\d.]))?/iu;
/** "'epoch': 0.53": a log between two epochs. */
const BETWEEN_EPOCHS = /['"]epoch['"] ?: ?['"]?\d{1,6}\.\d*[1-9]/iu;
/** "[1,  2000] loss: 2.214", as a tutorial of PyTorch's prints epoch and batch. */
const EPOCH_AND_BATCH = /^\[(?<epoch>\d{1,6}), ?(?<batch>\d{1,9})\] ?(?=loss)/iu;
const BATCH =
  /\[ ?\d{1,9} ?\/ ?\d{1,9}(?: ?\([\d.]{1,7} ?%\))? ?\]|(?<![\p{L}_])(?:step|batch|iter|iteration|it|i)(?:_?idx)?s? ?[:#=]? ?[[(]? ?\d{1,9}(?! ?(?:ms|s)\b)/giu;
/** "100%|██████| 32/32 [00:01<00:00, 25.1it/s, loss=0.3]" */
const BAR = /\d{1,3}%\|[^|]{0,200}\| ?(?<done>[\d.]{1,12}k?)\/(?<all>[\d.]{1,12}k?) \[/u;
const METRIC =
  /(?<![\p{L}\d])(?:(?<part>training|train|tr|trn|validation|valid|val|dev|testing|test|evaluation|eval)\.?(?:[ _\-/]?(?:set|data|dataset|split|epoch))?[ _.:\-–|/]{0,3})?(?:(?<mean>average|avg|ave|mean|running|epoch|overall|total)\.?[ _]?)?(?<metric>loss|accuracy|acc|nll|acc@1|top-?1(?:[ _-]acc(?:uracy)?)?)(?:[ _]?(?<scope>epoch|step|avg|mean))?(?: ?[([](?<behind>training|train|validation|valid|val|testing|test|%)[)\]]|[_/](?<after>training|train|validation|valid|val|testing|test))?['"]?(?: ?[:=|]| is| of)? ?['"]?(?<value>\d{1,9}(?:[.,]\d{1,20})?(?:e[-+]?\d{1,3})?)(?![\d.]*[-/]\d|\d| ?:)(?<percent> ?%)?/giu;
/** "9912/10000 (99%)": right ones of all, which says more than its per cent. */
const COUNTED =
  /(?<right>\d{1,9}) ?\/ ?(?<all>\d{1,9}) ?\((?<share>\d{1,3}(?:[.,]\d{1,10})?) ?%\)/gu;
const PHASE =
  /^\W{0,9}(?<part>training|train|validation|valid|val|testing|test|evaluation|eval)\b(?! on\b)/iu;
/** Lines that speak of what was saved or is best, with numbers of other epochs. */
const OF_OTHERS =
  /\bbest\b|\bimproved\b|-->|->|→|\b(?:de|in)creased\b|\bsav(?:ed|ing)\b|\bcounter\b|\bcheckpoint|train_runtime/iu;

const LONGEST = 1000;

/** Reads a line that a loop over epochs printed; `null` where it tells neither of an epoch nor of a loss or an accuracy. */
export function readLogLine(raw: string): LogLine | null {
  const line = plain(raw);
  const bar = BAR.exec(line)?.groups;
  const mark = markOf(line);
  const metrics = OF_OTHERS.test(line) ? [] : metricsOf(line);
  const phase = partNamed(PHASE.exec(line)?.groups?.['part']);
  const isHeading = phase !== null && !/\d/u.test(line) && line.length < 80;
  if (mark === null && metrics.length === 0 && bar === undefined && !isHeading) return null;
  // A bar that is still growing tells of no finished epoch.
  if (bar !== undefined && bar['done'] !== bar['all']) return null;
  const ofBatch =
    bar !== undefined || hasBatch(line) || BETWEEN_EPOCHS.test(line) || EPOCH_AND_BATCH.test(line);
  return { mark, ofBatch, isBar: bar !== undefined, phase, metrics };
}

/** Whether a line of a program's output tells of an epoch or a batch, or is a bar of tqdm's. */
export function isLogLine(raw: string): boolean {
  const line = plain(raw);
  if (BAR.test(line)) return true;
  if (metricsOf(line).length === 0) return false;
  return EPOCH.test(line) || EPOCH_AND_BATCH.test(line) || hasBatch(line);
}

/** "Epoch [3/10], Loss: 0.08" wherever it was pasted: no sentence of a person's begins like that. */
export function isPastedLogLine(raw: string): boolean {
  const line = plain(raw);
  if (BAR.test(line)) return true;
  return (
    /^\W{0,4}(?:\p{L}{1,10}\W{1,3})?epoche?\W{1,3}\d{1,6}\W{0,3}(?:\/|\[)\W{0,2}\d/iu.test(line) &&
    /(?:loss|acc\w{0,6}|@1)\W{0,3}[:=]? ?\d/iu.test(line)
  );
}

/** The last states of the bars of tqdm's in a stream, of those that came to their end. */
export function finishedBars(stream: string): string[] {
  const bars = stream
    .split(/[\r\n]/u)
    .map((piece) => piece.slice(0, LONGEST))
    .filter((piece) => {
      const groups = BAR.exec(piece)?.groups;
      return groups !== undefined && groups['done'] === groups['all'];
    });
  const titleOf = (bar: string | undefined): string | undefined => bar?.slice(0, bar.indexOf('%|'));
  return bars.filter((bar, at) => titleOf(bar) !== titleOf(bars[at + 1]));
}

/** A line of a log without what counts epochs, batches and time, and whether it tells of images that were not trained on. */
export function figuresOf(raw: string): { readonly text: string; readonly isHeldOut: boolean } {
  const line = plain(raw);
  const text = line
    .replace(EPOCH, ' ')
    .replace(
      /\d{1,3}%\|[^|]{0,200}\|[^[]{0,40}\[[^,\]]{0,40}(?:, ?[\d.?]{1,12}(?:it\/s|s\/it))?/u,
      ' ',
    );
  return {
    text,
    isHeldOut: metricsOf(line).some(({ part }) => part !== null && part !== 'training'),
  };
}

/** Number of the epoch that a line of a log names, as the log counts; `null` where it names none. */
export function epochIn(raw: string): number | null {
  return markOf(plain(raw))?.epoch ?? null;
}

/** White space is one space each; what terminals draw around numbers goes. */
function plain(raw: string): string {
  return raw.slice(0, LONGEST).replaceAll(/\s+/gu, ' ').trim();
}

function markOf(line: string): EpochMark | null {
  const groups = EPOCH_AND_BATCH.exec(line)?.groups ?? EPOCH.exec(line)?.groups;
  if (groups === undefined || BETWEEN_EPOCHS.test(line)) return null;
  const planned = groups['planned'];
  return {
    epoch: Number(groups['epoch']),
    planned: planned === undefined ? null : Number(planned),
  };
}

/** "[3/10]" behind "Epoch" counts epochs and no batches. */
function hasBatch(line: string): boolean {
  const mark = EPOCH.exec(line);
  const from = mark === null ? 0 : mark.index + mark[0].length;
  return [...line.matchAll(BATCH)].some(
    ({ index, 0: text }) => mark === null || index >= from || index + text.length <= mark.index,
  );
}

/**
 * A part of the data holds for the numbers behind it where it opens the line ("val Loss: 0.2 Acc: 0.95") or where both kinds
 * are named; else nobody knows whose "Train loss: 0.3, accuracy: 0.95" is. An accuracy alone is not said to be of training.
 */
function metricsOf(line: string): LogMetric[] {
  const opening = partNamed(PHASE.exec(line)?.groups?.['part']);
  const found = [...withShares(line).matchAll(METRIC)].flatMap(({ groups = {} }) => {
    const own = partNamed(groups['part'] ?? groups['behind'] ?? groups['after']);
    const metric = /loss|nll/iu.test(groups['metric'] ?? '')
      ? ('loss' as const)
      : ('accuracy' as const);
    const value = valueOf(groups, metric);
    const scope = groups['scope']?.toLowerCase();
    if (value === null || scope === 'step') return [];
    return [{ metric, own, value, isMean: groups['mean'] !== undefined || scope !== undefined }];
  });
  const parts = new Set(found.flatMap(({ own }) => (own === null ? [] : [own])));
  const carries = opening !== null || parts.size > 1;
  let last = opening;
  return found.flatMap(({ metric, own, value, isMean }): LogMetric[] => {
    if (own === null && last !== null && !carries) return [];
    last = own ?? last;
    return [{ metric, part: last, value, isMean }];
  });
}

/** Counts as the fractions that they are, where they agree with the per cent behind them. */
function withShares(line: string): string {
  return line.replaceAll(COUNTED, (text, right: string, all: string, share: string) => {
    const part = Number(right) / Number(all);
    return Math.abs(part * 100 - Number(share.replace(',', '.'))) <= 1 ? String(part) : text;
  });
}

function valueOf(
  groups: Readonly<Record<string, string | undefined>>,
  metric: string,
): number | null {
  const value = Number((groups['value'] ?? '').replace(',', '.'));
  if (!Number.isFinite(value)) return null;
  if (metric === 'loss') return value;
  const percent =
    groups['percent'] !== undefined ||
    groups['behind'] === '%' ||
    value > 1 ||
    /@1|top/iu.test(groups['metric'] ?? '');
  if (!percent) return value;
  return value > 100 ? null : Number((value / 100).toPrecision(15));
}

function partNamed(word: string | undefined): Part | null {
  if (word === undefined) return null;
  if (/^t(?:r|rain)/iu.test(word)) return 'training';
  if (/^(?:val|dev|eval)/iu.test(word)) return 'validation';
  return /^test/iu.test(word) ? 'test' : null;
}

/** The curve that a metric belongs to. */
export function curveOf(metric: LogMetric['metric'], heldOut: boolean): Curve {
  if (metric === 'loss') return heldOut ? 'valLoss' : 'loss';
  return heldOut ? 'valAccuracy' : 'accuracy';
}
