/** One student's model for one exercise, as far as it is compared with others. */
export interface StudentTraits {
  readonly student: string;
  readonly digest: string;
  readonly units: readonly string[];
  /** Predicted class of each test image; `null` where it was not evaluated. */
  readonly predicted: Uint8Array | null;
}
