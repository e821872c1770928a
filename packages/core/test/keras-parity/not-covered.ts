/** Groups of fixtures of which Labproof cannot train every case yet. A group that it learns must leave this list. */
export const notCovered: readonly string[] = [];

/** Kernels that only the oracle has yet. One that is compiled must leave this list. */
export const notCompiled: readonly string[] = [];
