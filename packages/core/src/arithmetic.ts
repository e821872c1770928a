/**
 * Names the rules by which every training result is computed: the order of sums, the elementary functions,
 * the random words, the optimisers' formulas. Any change that moves a bit gets a new name and new digests.
 */
export const ARITHMETIC_VERSION = 'labproof-arithmetic-1';
