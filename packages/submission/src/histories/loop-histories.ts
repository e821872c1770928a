import type { Curve } from './curve-names.ts';
import { readEpochLine } from './epoch-line.ts';
import { type LogLine, type Part, curveOf, readLogLine } from './log-line.ts';
import type { PrintedEpoch, PrintedHistory } from './printed-history.ts';

interface Told {
  readonly value: number;
  readonly part: Part;
  /** It stands in a line that names its epoch itself. */
  readonly marked: boolean;
  readonly isBar: boolean;
}

interface Run {
  readonly epochs: Map<number, Map<Curve, Told>>;
  planned: number | null;
  stopped: PrintedHistory['stopped'];
  /** Keras trains, and its log is read elsewhere. */
  isKeras: boolean;
}

const MOST_EPOCHS = 10_000;
const EARLY_STOPPING = /\bearly[\s-]?stop(?:ping|ped)?\b/iu;
const NOT_YET_STOPPED = /counter|patience|out of|=/iu;
const INTERRUPTED = /\bKeyboardInterrupt\b/u;
/** Lightning's last word. */
const REACHED = /`max_epochs=(?<planned>\d{1,6})` reached/u;
/** A line of Keras's bars. */
const KERAS_BAR = /\d\/\d+ *(?:\[[=>.]{3,}\]|[━╸╺]{3,})|\dm?s\/step\b/u;

/**
 * Reads the logs that training loops of PyTorch's print, each in words of its own: the line of an epoch, lines under the
 * heading of one, bars of tqdm's and Lightning's, the dictionaries of Transformers. What a line tells of one batch is no value
 * of its epoch and is left out. Each run is filed under the `place` of the output in which it begins.
 */
export class LoopHistories<Place> {
  readonly #runs: { readonly place: Place; readonly run: Run }[] = [];
  #run: Run | null = null;
  #epoch = 0;
  #phase: Part | null = null;
  /** The last line was a heading: what stands under it belongs to it. */
  #isUnderHeading = false;

  /** `text` is what a terminal would show. */
  feed(text: string, place: Place): void {
    for (const line of text.split('\n')) this.#line(line, place);
  }

  /** The runs, in the order in which they begin. */
  finish(): { readonly place: Place; readonly history: PrintedHistory }[] {
    return this.#runs.flatMap(({ place, run }) => {
      const history = finished(run);
      return history === null ? [] : [{ place, history }];
    });
  }

  #line(line: string, place: Place): void {
    const planned = REACHED.exec(line)?.groups?.['planned'];
    if (planned !== undefined && this.#run !== null) this.#run.planned ??= Number(planned);
    if (this.#run !== null && INTERRUPTED.test(line)) this.#run.stopped ??= 'interrupted';
    if (this.#run !== null && EARLY_STOPPING.test(line) && !NOT_YET_STOPPED.test(line)) {
      this.#run.stopped = 'early-stopping';
    }
    if (KERAS_BAR.test(line)) {
      if (this.#run !== null) this.#run.isKeras = true;
      return;
    }
    if (line.trim() === '') this.#phase = null;
    const read = readLogLine(line);
    if (read === null) return;
    const { mark, metrics } = read;
    if (this.#run !== null && mark === null && readEpochLine(line) !== null) {
      this.#run.isKeras = true;
    }
    if (mark !== null) {
      if (mark.epoch > MOST_EPOCHS) return;
      this.#enter(read, mark.epoch, place);
      if (this.#run !== null && mark.planned !== null) this.#run.planned = mark.planned;
      this.#isUnderHeading = metrics.length === 0 && !read.ofBatch;
    } else if (read.phase !== null && metrics.length === 0) this.#phase = read.phase;
    this.#tell(read);
    if (mark === null && read.ofBatch) this.#isUnderHeading = false;
  }

  /** Goes to an epoch; where the counting begins anew, or an epoch is told again, another training has begun. */
  #enter(read: LogLine, epoch: number, place: Place): void {
    const known = this.#run?.epochs.get(epoch);
    const again =
      known !== undefined &&
      !read.isBar &&
      read.metrics.some(({ metric, part }) => {
        const told = known.get(curveOf(metric, isHeldOut(part ?? 'training')));
        return (
          told !== undefined && told.marked && !told.isBar && told.part === (part ?? 'training')
        );
      });
    const stopped = this.#run?.stopped !== null;
    if (this.#run === null || epoch < this.#epoch || again || (stopped && epoch !== this.#epoch)) {
      this.#run = { epochs: new Map(), planned: null, stopped: null, isKeras: false };
      this.#runs.push({ place, run: this.#run });
    }
    if (!this.#run.epochs.has(epoch)) this.#run.epochs.set(epoch, new Map());
    this.#epoch = epoch;
    this.#phase = null;
  }

  #tell({ mark, metrics, ofBatch, isBar, phase }: LogLine): void {
    const values = this.#run?.epochs.get(this.#epoch);
    if (values === undefined) return;
    const ofTraining = metrics.some(({ metric, part }) => metric === 'loss' && part === null);
    for (const { metric, part: own, value, isMean } of metrics) {
      const unsaid = ofTraining && (mark !== null || this.#isUnderHeading) ? 'training' : null;
      const part = own ?? phase ?? this.#phase ?? unsaid;
      if (part === null || (ofBatch && !isWhole(part, isMean, isBar))) continue;
      const curve = curveOf(metric, isHeldOut(part));
      const told = values.get(curve);
      // Validation is said before a test, and a line before a bar.
      const better =
        told === undefined ||
        (told.isBar && !isBar) ||
        (isBar && told.isBar) ||
        (told.part === 'test' && part === 'validation');
      if (better) values.set(curve, { value, part, marked: mark !== null, isBar });
    }
  }
}

/** Whether a number beside a batch is of the whole epoch: a mean, or, in a bar, what was measured on other images. */
function isWhole(part: Part, isMean: boolean, isBar: boolean): boolean {
  return isBar && (isMean || isHeldOut(part));
}

function isHeldOut(part: Part): boolean {
  return part !== 'training';
}

function finished({ epochs, planned, stopped, isKeras }: Run): PrintedHistory | null {
  if (isKeras) return null;
  const numbers = [...epochs.keys()].toSorted((a, b) => a - b);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return null;
  const held = heldOut(numbers.map((number) => epochs.get(number)!));
  const offset = first === 0 ? 1 : 0;
  const told = numbers.map((number): PrintedEpoch => {
    const values = epochs.get(number)!;
    const valueOf = (curve: Curve): number | null => {
      const found = values.get(curve);
      return found === undefined || (isHeldOut(found.part) && found.part !== held)
        ? null
        : found.value;
    };
    return {
      epoch: number + offset,
      loss: valueOf('loss'),
      accuracy: valueOf('accuracy'),
      valLoss: valueOf('valLoss'),
      valAccuracy: valueOf('valAccuracy'),
      seconds: null,
    };
  });
  const run = last + offset;
  const every = strideOf(numbers);
  const asPlanned = plannedOf(planned, first, last);
  const most = asPlanned === null ? run + every - 1 : Math.min(asPlanned, run + every - 1);
  return {
    planned: asPlanned,
    run,
    ...(every > 1 && most > run ? { runAtMost: most } : {}),
    epochs: told,
    ...(held === 'test' ? { heldOut: held } : {}),
    secondsPerEpoch: null,
    stopped,
  };
}

/** The other images that the epochs are measured on; what is told behind the last of several epochs is a measurement of the end. */
function heldOut(epochs: readonly ReadonlyMap<Curve, Told>[]): Part | null {
  const parts = epochs.map(
    (values) => values.get('valAccuracy')?.part ?? values.get('valLoss')?.part ?? null,
  );
  if (parts.includes('validation')) return 'validation';
  const tested = parts.filter((part) => part === 'test').length;
  return tested > 0 && (tested > 1 || epochs.length === 1) ? 'test' : null;
}

/** A log may tell of every tenth epoch only: then nobody knows how many came after the last one. */
function strideOf(numbers: readonly number[]): number {
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
  return steps.length === 0 ? 1 : steps.reduce((least, step) => Math.min(least, step));
}

/** Of "Epoch 0/24" 24 is the last number or how many there are; where the log ends early nobody knows which. */
function plannedOf(planned: number | null, first: number, last: number): number | null {
  if (planned === null || first > 0) return planned;
  if (last === planned) return planned + 1;
  return last === planned - 1 ? planned : null;
}
