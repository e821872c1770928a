/** One thing that Labproof needs or can use. */
export interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  /** Whether commands fail without it; else it only makes them better. */
  readonly required: boolean;
  readonly message: string;
  /** The command or step that mends it. */
  readonly fix: string | null;
}
