/** A side that can be measured again and again. */
export interface Measured {
  readonly name: string;
  /** One sample. */
  measure(): Promise<number>;
}

/**
 * Measures every side once a round while all others wait, so that a busy moment of the machine falls on all of them;
 * gives the samples of each.
 */
export async function takeTurns(
  sides: readonly Measured[],
  rounds: number,
  onTurn: (text: string) => void = () => undefined,
): Promise<number[][]> {
  const samples: number[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, side] of sides.entries()) {
      onTurn(`round ${round + 1} of ${rounds}, ${side.name}`);
      samples[index]?.push(await side.measure());
    }
  }
  return samples;
}
