/** An example of the playground: a place in the plane and what the network shall say there. */
export interface PlaygroundPoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}
