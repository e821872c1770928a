/** What is wrong with a pickle, told without knowing which file it is in. */
export class PickleProblem extends Error {
  override readonly name = 'PickleProblem';
}
