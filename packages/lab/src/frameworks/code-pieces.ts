/** Python that does what a recipe says, in pieces that follow each other; each ends without a line break. */
export interface RecipeCode {
  readonly imports: string;
  /** Loads the images and scales them. */
  readonly data: string;
  /** Defines `model`. `null` where the framework has no such layers, and `leftOut` says so. */
  readonly network: string | null;
  /** Loss, optimiser, epochs and batch size: all that the recipe says of its training. */
  readonly settings: string;
  /** What trains with these settings and is the same for every network of its kind; empty where the settings do. */
  readonly training: string;
  /** Evaluates on the test images and saves model and history under the exercise's name. */
  readonly saving: string;
  /** What the recipe says and this code does not do, each as a sentence. */
  readonly leftOut: readonly string[];
}
