/** What one line of a training log says. */
export interface EpochLine {
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly valLoss: number | null;
  readonly valAccuracy: number | null;
  readonly seconds: number | null;
  /** It tells of validation, even if it was cut off there. */
  readonly validates: boolean;
}

/** All batches are done: "1875/1875", "48000/48000". */
const FINISHED = /(?<![\d/[])(?<done>\d+)\/\k<done>(?![\d/]| ?\()/u;
/** Batches that a loop of PyTorch's counts, and a bar of tqdm's. */
const OF_A_LOOP = /\b(?:step|batch|iter(?:ation)?)\W{1,3}\d|%\|/iu;
/** `verbose = 2` of Keras 1 and TF 1 leaves the batches out: " - 5s - loss: 0.40". */
const TERSE = /^\s*(?:-\s*)?\d+s\b.*\bloss:/u;
const METRIC =
  /(?<![\w.])(?<name>[a-z]\w*)\s*:\s*(?<value>nan|-?inf|\d+(?:\.\d*)?(?:e[-+]?\d+)?)/giu;
const STEP_TIME = /(?<![\d.:/])(?<count>\d+(?:\.\d+)?)\s*(?<unit>h|m|s|ms)(?![\w/])/gu;
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
const ACCURACIES = /^(?:acc|accuracy|(?:sparse_)?categorical_accuracy|binary_accuracy)$/iu;

/** Reads the line with which Keras ends an epoch; `null` for every other line, unfinished bars included. */
export function readEpochLine(line: string): EpochLine | null {
  if (OF_A_LOOP.test(line) || (!FINISHED.test(line) && !TERSE.test(line))) return null;
  const metrics = [...line.matchAll(METRIC)];
  if (!metrics.some(({ groups }) => /loss$/iu.test(groups?.['name'] ?? ''))) return null;
  const values = new Map<string, number>();
  for (const match of metrics) {
    const { name = '', value = '' } = match.groups ?? {};
    const atEnd = match.index + match[0].length === line.trimEnd().length;
    const number = Number(value.toLowerCase().replace('inf', 'Infinity'));
    const key = curveName(name.toLowerCase());
    if (key === null || (atEnd && isCutOff(value, metrics)) || !Number.isFinite(number)) continue;
    if (!values.has(key)) values.set(key, number);
  }
  return {
    loss: values.get('loss') ?? null,
    accuracy: values.get('accuracy') ?? null,
    valLoss: values.get('valLoss') ?? null,
    valAccuracy: values.get('valAccuracy') ?? null,
    seconds: secondsIn(line),
    validates: /\bval_/u.test(line),
  };
}

function curveName(name: string): keyof EpochLine | null {
  const validates = name.startsWith('val_');
  const plain = validates ? name.slice(4) : name;
  if (plain === 'loss') return validates ? 'valLoss' : 'loss';
  return ACCURACIES.test(plain) ? (validates ? 'valAccuracy' : 'accuracy') : null;
}

/** Keras prints four decimals; a last number with fewer lost some where the line was cut off. */
function isCutOff(value: string, metrics: readonly RegExpExecArray[]): boolean {
  const usual = metrics.reduce(
    (most, { groups }) => Math.max(most, decimals(groups?.['value'] ?? '')),
    -Infinity,
  );
  return decimals(value) < usual && !/nan|inf|e/iu.test(value) && usual >= 4;
}

function secondsIn(line: string): number | null {
  for (const { groups } of line.matchAll(STEP_TIME)) {
    const { count = '', unit = '' } = groups ?? {};
    return Number(count) * (SECONDS[unit] ?? 1);
  }
  return null;
}

function decimals(number: string): number {
  return /\.(?<digits>\d*)/u.exec(number)?.groups?.['digits']?.length ?? 0;
}
