/** A metric that a submitted model can be asked about. */
export type Metric = 'accuracy' | 'loss';
export type DataPart = 'training' | 'validation' | 'test';

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
}

/** A time that an answer states, in seconds. */
export interface Duration {
  readonly seconds: number;
  readonly text: string;
}
