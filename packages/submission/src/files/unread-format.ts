import { submissionErrors } from '../errors.ts';
import type { Refusal } from '../refusal.ts';
import type { ModelFormat } from './model-format.ts';

/** A saved model of a framework whose files are not read. */
export interface UnreadFormat {
  readonly format: ModelFormat;
  /** As its framework calls it. */
  readonly title: string;
}

const UNREAD: readonly (readonly [RegExp, UnreadFormat])[] = [
  [/\.pt2$/iu, { format: 'pytorch', title: 'a program of torch.export' }],
  [
    /(?:^|\/)saved_model\.pb(?:txt)?$|\.pb$/iu,
    { format: 'saved-model', title: 'a SavedModel of TensorFlow' },
  ],
  [/\.tflite$/iu, { format: 'tflite', title: 'a model of TensorFlow Lite' }],
  [/\.(?:pkl|pickle|joblib|sav)$/iu, { format: 'pickle', title: 'a pickled object' }],
];

/** Which framework's saved model a name says, where its files are not read; `null` for every other name. */
export function unreadFormatOf(path: string): UnreadFormat | null {
  return UNREAD.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** Why it is not read, and in which form a model is. */
export function unreadFormatRefusal(path: string, { title }: UnreadFormat): Refusal {
  return submissionErrors.remark('model-framework', {
    message: `${path} is ${title}, which is not read.`,
    fix: 'Hand in the model as Keras saves it, with model.save("name.keras"), as PyTorch saves it, with torch.save(model.state_dict(), "name.pt"), in ONNX, or as a TensorFlow.js model.json with its .bin files; tell your instructor if the lab was done in another framework.',
  });
}
