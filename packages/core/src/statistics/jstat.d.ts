declare module 'jstat' {
  /** The parts of jStat that are used here. */
  const jStat: {
    normal: { inv(p: number, mean: number, sd: number): number };
    noncentralt: { cdf(x: number, degreesOfFreedom: number, noncentrality: number): number };
    centralF: { inv(p: number, numerator: number, denominator: number): number };
    beta: { inv(p: number, alpha: number, beta: number): number };
  };
  const jstat: { jStat: typeof jStat };
  export default jstat;
}
