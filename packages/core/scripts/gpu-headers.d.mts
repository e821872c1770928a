/** C++ around every shared loop, for `kernels/cuda/kernels.cu`. */
export function sharedKernelsHeader(): string;
/** A line `ENTRY(name)` for every kernel. */
export function entriesHeader(): string;
