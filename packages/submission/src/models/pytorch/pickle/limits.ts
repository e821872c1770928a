/** Bounds on a pickle. A state_dict of a thousand arrays takes some 60,000 opcodes and 200 kB. */
export const PICKLE_LIMITS = {
  /** In bytes. */
  bytes: 32 * 2 ** 20,
  opcodes: 2_000_000,
  /** Values on the stack at a time. */
  stack: 200_000,
  memo: 1_000_000,
  /** In bytes of UTF-8: the whole source of a class may stand in an old file. */
  string: 2 ** 20,
} as const;
