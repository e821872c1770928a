import { z } from 'zod';

export const EvaluationSchema = z.strictObject({
  dataset: z.string(),
  scale: z.string(),
  /** Who evaluated it, where that was not Labproof's own arithmetic. */
  evaluatedBy: z.string().optional(),
  /** What is unusual about how the loss was measured; absent where output and loss belong together. */
  note: z.string().optional(),
  loss: z.number(),
  accuracy: z.number(),
  /** Number of test images whose predicted class is wrong. */
  misclassified: z.int(),
  /** `confusion[true][predicted]`: counts over the test set. */
  confusion: z.array(z.array(z.int())),
  /** Some misclassified images, most confident mistakes first. `confidence` is the predicted class's probability. */
  examples: z.array(
    z.strictObject({
      index: z.int(),
      label: z.int(),
      predicted: z.int(),
      confidence: z.number(),
    }),
  ),
});
export type Evaluation = z.infer<typeof EvaluationSchema>;

/** A model on the images of the hidden test set, which no student has. */
export const HiddenTestSchema = z.strictObject({
  images: z.int(),
  accuracy: z.number(),
  misclassified: z.int(),
  /** Far more mistakes than on the test images: something for a person to look at. It changes no points. */
  implausible: z.boolean(),
});
export type HiddenTest = z.infer<typeof HiddenTestSchema>;
