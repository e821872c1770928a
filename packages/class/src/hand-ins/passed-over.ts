/** What is no hand-in, and why. */
export interface PassedOver {
  readonly path: string;
  readonly why: string;
}
