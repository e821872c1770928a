/** Everything that ran is as it should be. */
export const CLEAN = 0;
/** It ran, and found something that somebody should look at. */
export const FINDINGS = 1;
/** It could not run: bad usage, a broken setup, or our own fault. */
export const BROKEN = 2;
/** What ran is as it should be, but the time that it was given ran out before the rest. */
export const UNFINISHED = 3;
