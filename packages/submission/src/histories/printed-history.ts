/** One epoch of a printed training log; `null` for what the line does not say or was cut off. */
export interface PrintedEpoch {
  /** 1, 2, … */
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly valLoss: number | null;
  readonly valAccuracy: number | null;
  readonly seconds: number | null;
}

/** One training run, as its log tells it. */
export interface PrintedHistory {
  /** N of "Epoch n/N"; `null` where the log does not say. */
  readonly planned: number | null;
  /** Number of epochs that were finished. */
  readonly run: number;
  /** Where a log tells of every tenth epoch only, up to how many may have been finished. */
  readonly runAtMost?: number;
  /** In order; epochs whose lines are missing are left out. */
  readonly epochs: readonly PrintedEpoch[];
  /** What the log calls the images of `valLoss` and `valAccuracy`, where it does not call them validation. */
  readonly heldOut?: 'test';
  /** Mean over the epochs that say how long they took. */
  readonly secondsPerEpoch: number | null;
  /** Why fewer epochs ran than were planned, where the output says so. */
  readonly stopped: 'early-stopping' | 'interrupted' | null;
}
