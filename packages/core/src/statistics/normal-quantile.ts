/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import { rounded } from './spread.ts';

/** The value below which the share `probability` of a standard normal distribution lies. */
export function normalQuantile(probability: number): number {
  return rounded(jstat.jStat.normal.inv(probability, 0, 1));
}
