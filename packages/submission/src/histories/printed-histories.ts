import { type Curve, curveNamed, isTestCurve } from './curve-names.ts';
import { type EpochLine, readEpochLine } from './epoch-line.ts';
import type { PrintedEpoch, PrintedHistory } from './printed-history.ts';

interface Run {
  planned: number | null;
  readonly epochs: Map<number, EpochLine | null>;
  stopped: PrintedHistory['stopped'];
  /** Epochs that R's summary says were trained, where there is no log. */
  summary: number | null;
  heldOut: 'test' | null;
}

/** Only as a whole line: TF 1 also prints it in the middle of one. */
const EPOCH_HEADER = /^\W*Epoch\s+(?<epoch>\d{1,6})\s*\/\s*(?<planned>\d{1,6})\s*$/iu;
const SAMPLES = /^\W*Train(?:ing)? on \d[\d,]* (?:samples|steps)/iu;
const EARLY_STOPPING = /\bEpoch\s+\d{1,9}: early stopping\b/iu;
const INTERRUPTED = /\bKeyboardInterrupt\b|^\s*Execution halted\s*$/u;
/** What R prints of a `history`: "Trained on 48,000 samples (batch_size=128, epochs=12)". */
const R_SUMMARY_START = 'Trained on ';
const R_SUMMARY = /^Trained on [\d,]+ samples\b[^(]*\([^)]*\bepochs\s*=\s*(?<planned>\d{1,6})\)/u;
const R_SUMMARY_LINE =
  /^\W*(?<name>(?:val_)?(?:loss|acc|accuracy))\s*:\s*(?<value>[\d,]*\.\d+)\s*$/iu;
/** The `history` of Python, printed as a dictionary of lists. */
const DICT_LIST =
  /['"](?<name>\w{0,30}(?:loss(?:es)?|accs?|accuracy|accuracies))['"]\s*:\s*\[(?<values>[^[\]]{0,200000})\]/gu;
const OUTPUT_PREFIX = /^\s*(?:##|#>)\s?/u;
const MOST_EPOCHS = 10_000;
const LONGEST_LINE = 2000;

/**
 * Reads training logs from the outputs of a document, in order: one run may be spread over several of them, and one
 * of them may hold several runs. Each run is filed under the `place` of the output in which it begins.
 */
export class PrintedHistories<Place> {
  readonly #runs: { readonly place: Place; readonly run: Run }[] = [];
  #current: Run | null = null;
  #epoch: number | null = null;

  /** `text` is what a terminal would show. */
  feed(text: string, place: Place): void {
    for (const raw of text.split('\n')) {
      this.#line(raw.slice(0, LONGEST_LINE).replace(OUTPUT_PREFIX, ''), place);
    }
    this.#dictionary(text, place);
  }

  /** The runs, in the order in which they begin. */
  finish(): { readonly place: Place; readonly history: PrintedHistory }[] {
    return this.#runs.flatMap(({ place, run }) => {
      const history = finished(run);
      return history === null ? [] : [{ place, history }];
    });
  }

  #line(line: string, place: Place): void {
    const header = EPOCH_HEADER.exec(line)?.groups;
    if (header !== undefined) {
      const epoch = Number(header['epoch']);
      const planned = Number(header['planned']);
      const last = this.#epoch ?? 0;
      const goesOn =
        this.#current?.summary === null && this.#current.planned === planned && epoch > last;
      if (!goesOn) this.#begin(planned, place);
      if (epoch > 0 && epoch <= MOST_EPOCHS) {
        this.#current?.epochs.set(epoch, null);
        this.#epoch = epoch;
      }
      return;
    }
    if (SAMPLES.test(line)) {
      this.#current = null;
      this.#epoch = null;
    } else if (this.#current !== null && EARLY_STOPPING.test(line)) {
      this.#current.stopped = 'early-stopping';
    } else if (this.#current !== null && INTERRUPTED.test(line)) {
      this.#current.stopped ??= 'interrupted';
      this.#epoch = null;
    } else if (!this.#summaryLine(line, place)) {
      this.#result(line);
    }
  }

  /** The last line of an epoch counts; without validation, the first, since `evaluate` prints bars of the same kind. */
  #result(line: string): void {
    if (this.#current === null || this.#epoch === null) return;
    const result = readEpochLine(line);
    if (result === null) return;
    const known = this.#current.epochs.get(this.#epoch) ?? null;
    if (known === null || (result.validates && !known.validates)) {
      this.#current.epochs.set(this.#epoch, result);
    }
  }

  #summaryLine(line: string, place: Place): boolean {
    const start = line.indexOf(R_SUMMARY_START);
    const planned = start < 0 ? undefined : R_SUMMARY.exec(line.slice(start))?.groups?.['planned'];
    if (planned !== undefined) {
      this.#begin(Number(planned), place);
      if (this.#current !== null) this.#current.summary = Math.min(Number(planned), MOST_EPOCHS);
      return true;
    }
    const summary = this.#current?.summary ?? null;
    const { name, value } = R_SUMMARY_LINE.exec(line)?.groups ?? {};
    if (this.#current === null || summary === null || name === undefined || value === undefined)
      return false;
    const known = this.#current.epochs.get(summary) ?? NOTHING;
    this.#current.epochs.set(summary, {
      ...known,
      [curve(name)]: Number(value.replaceAll(',', '')),
    });
    return true;
  }

  #dictionary(text: string, place: Place): void {
    if (!text.includes('[')) return;
    const lists = [...text.matchAll(DICT_LIST)].flatMap(({ groups }) => {
      const name = groups?.['name'] ?? '';
      const named = curveNamed(name.replace(/(?<=loss|acc)e?s$/u, '').replace(/ies$/u, 'y'));
      const values = (groups?.['values'] ?? '').split(',').map((item) => Number(numberIn(item)));
      const isCurve = named !== null && values.every((value) => Number.isFinite(value));
      return isCurve ? [{ name, named, values: values.slice(0, MOST_EPOCHS) }] : [];
    });
    const seen = new Set<string>();
    let ranks = new Map<Curve, number>();
    for (const { name, named, values } of lists) {
      if (seen.size === 0 || seen.has(name)) {
        this.#begin(null, place);
        seen.clear();
        ranks = new Map();
      }
      seen.add(name);
      const { curve, rank } = named;
      if ((ranks.get(curve) ?? Infinity) <= rank) continue;
      ranks.set(curve, rank);
      const run = this.#current;
      if (run === null) continue;
      if (curve.startsWith('val')) run.heldOut = isTestCurve(name) ? 'test' : null;
      for (const [index, value] of values.entries()) {
        run.epochs.set(index + 1, { ...(run.epochs.get(index + 1) ?? NOTHING), [curve]: value });
      }
    }
    if (lists.length === 0) return;
    this.#current = null;
    this.#epoch = null;
  }

  #begin(planned: number | null, place: Place): void {
    this.#current = { planned, epochs: new Map(), stopped: null, summary: null, heldOut: null };
    this.#epoch = null;
    this.#runs.push({ place, run: this.#current });
  }
}

const NOTHING: EpochLine = {
  loss: null,
  accuracy: null,
  valLoss: null,
  valAccuracy: null,
  seconds: null,
  validates: false,
};

function curve(name: string): 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy' {
  const validates = name.toLowerCase().startsWith('val_');
  if (/loss$/iu.test(name)) return validates ? 'valLoss' : 'loss';
  return validates ? 'valAccuracy' : 'accuracy';
}

/** NumPy 2 prints `np.float64(0.92)`. */
function numberIn(item: string): string {
  return (
    /^\s*(?:np\.float\d+\()?(?<number>[-+.\de]+|nan)\)?\s*$/iu.exec(item)?.groups?.['number'] ?? 'x'
  );
}

function finished({ planned, epochs, stopped, summary, heldOut }: Run): PrintedHistory | null {
  const numbers = [...epochs.keys()].toSorted((a, b) => a - b);
  const last = numbers.at(-1) ?? 0;
  // An epoch that was begun counts as run when another one follows it, or when it tells its result; where other
  // results are missing too, lines were lost on the way, and the last one may have been among them.
  const untold = numbers.filter((epoch) => epochs.get(epoch) === null);
  const unfinished = untold.includes(last) && !(last === planned && untold.length > 1);
  const run = unfinished ? Math.max(0, last - 1) : last;
  const told: PrintedEpoch[] = [];
  for (const epoch of numbers) {
    const line = epochs.get(epoch) ?? null;
    if (line === null) continue;
    const { loss, accuracy, valLoss, valAccuracy, seconds } = line;
    told.push({ epoch, loss, accuracy, valLoss, valAccuracy, seconds });
  }
  if (told.length === 0) return null;
  const times = told.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  return {
    planned,
    run: summary ?? run,
    epochs: told,
    ...(heldOut === null ? {} : { heldOut }),
    secondsPerEpoch:
      times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length,
    stopped,
  };
}
