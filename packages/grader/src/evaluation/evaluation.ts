import { z } from 'zod';

/** How the pixels became inputs, where the file does not say it and the usual ways were tried. */
export const EvaluatedInputsSchema = z.strictObject({
  /** As torchvision's `Normalize` takes them, after `ToTensor`. */
  mean: z.array(z.number()),
  std: z.array(z.number()),
  /** Whether the handed-in code says these ways, or they are the usual ones. */
  from: z.enum(['code', 'usual']),
  /** So many ways were tried, on so many of the first test images; the best counts. */
  tried: z.int(),
  images: z.int(),
});
export type EvaluatedInputs = z.infer<typeof EvaluatedInputsSchema>;

export const EvaluationSchema = z.strictObject({
  dataset: z.string(),
  scale: z.string(),
  /** Who evaluated it, where that was not Labproof's own arithmetic. */
  evaluatedBy: z.string().optional(),
  /** What is unusual about how the loss was measured; absent where output and loss belong together. */
  note: z.string().optional(),
  /** How the pixels were scaled, where that had to be found out. */
  inputs: EvaluatedInputsSchema.optional(),
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
