/** A metric that a submitted model can be asked about. */
export type Metric = 'accuracy' | 'loss';
export type DataPart = 'training' | 'validation' | 'test';

/**
 * What is said with a number. Only `stated` is a claim; the others name why it is none: the text is somebody else's
 * (`quoted`, `handed-out`), taken back (`struck`, `hidden`), about what is not so (`hypothetical`, `negated`), about something
 * else (`chance`, `compared`, `one-class`: how well one class is recognised, `former`: where a value came from, in "rose from
 * 0.88 to 0.9763"), or leaves the value open (`range`, `alternative`, `bound`).
 */
export type Standing =
  | 'stated'
  | 'quoted'
  | 'handed-out'
  | 'struck'
  | 'hidden'
  | 'hypothetical'
  | 'negated'
  | 'chance'
  | 'compared'
  | 'one-class'
  | 'former'
  | 'range'
  | 'alternative'
  | 'bound';

/**
 * Where a number stands: in the student's words, in a comment of code, in what a program printed, or in a line of a progress
 * bar, which shows means over the batches and may be one of training.
 */
export type ClaimSource = 'words' | 'comment' | 'output' | 'bar';

/** A value that an answer states for a metric. */
export interface Claim {
  readonly metric: Metric;
  /** Accuracies as fractions: 0.9763. The middle of a range. */
  readonly value: number;
  /** The sentence or table cell in which it stands. */
  readonly text: string;
  /** The number as it is written. */
  readonly written: string;
  /** One unit in the last place written, on the scale of `value`. */
  readonly step: number;
  /** Half the width of a stated range, else 0. */
  readonly spread: number;
  /** "about", "~", "nearly". */
  readonly approximate: boolean;
  /** Which part of the data the text says it is for; `null` when it does not say. */
  readonly part: DataPart | null;
  /** It stands in what a program printed, not in the student's own words. */
  readonly printed: boolean;
  readonly source: ClaimSource;
  readonly standing: Standing;
  /** The metric or the scale was guessed ("lose: 0.08", a loss in per cent): a person looks before it costs a point. */
  readonly doubtful: boolean;
  /** It is said to replace what was written before: "Correction: 0.9763." */
  readonly corrects?: true;
}

/** A time that an answer states, in seconds. */
export interface Duration {
  readonly seconds: number;
  readonly text: string;
}
