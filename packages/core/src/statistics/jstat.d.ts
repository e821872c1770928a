declare module 'jstat' {
  /** The parts of jStat that are used here. */
  export const jStat: {
    normal: { inv(p: number, mean: number, sd: number): number };
    noncentralt: { cdf(x: number, degreesOfFreedom: number, noncentrality: number): number };
  };
}
