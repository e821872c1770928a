/* Numbers that several elementary functions need. */

/** ln 2. Written out because ECMAScript calls Math.LN2 an approximation. */
// oxlint-disable-next-line approx-constant
export const LN_2 = 0.6931471805599453;

/** 1.5 · 2⁵²: adding and subtracting it rounds a float64 below 2⁵¹ to the nearest integer, ties to even. */
export const ROUNDER = 6755399441055744;
