import { submissionError } from '../../errors.ts';

/** Comparisons of elements with rules in one document; the largest style sheets of notebooks need some hundred thousand. */
const MOST_STEPS = 3_000_000;

/** Counts what applying style sheets takes, so that no page can make it endless. */
export class StyleEffort {
  #steps = 0;

  /** Throws the student's `answers-too-large`. */
  step(): void {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) {
      throw submissionError('answers-too-large', {
        message:
          'The answers hold style sheets with more rules for more elements than answers can have.',
        fix: 'Write the answers as Markdown, or leave the style sheets out.',
      });
    }
  }
}
