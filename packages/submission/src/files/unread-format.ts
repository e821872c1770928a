import { submissionErrors } from '../errors.ts';
import type { Refusal } from '../refusal.ts';
import type { ModelFormat } from './model-format.ts';

/** A saved model of a framework whose files are not read. */
export interface UnreadFormat {
  readonly format: ModelFormat;
  /** As its framework calls it. */
  readonly title: string;
  /** How the same network is saved in a form that is read. */
  readonly instead: string;
}

const KERAS = 'Save the model with model.save("name.keras") and hand in that file.';
const ANY =
  'Hand in the model as Keras saves it, with model.save("name.keras"), as PyTorch saves it, with torch.save(model.state_dict(), "name.pt"), in ONNX, or as a TensorFlow.js model.json with its .bin files; tell your instructor if the lab was done in another framework.';
const R =
  'Save the network itself from R, with save_model(model, "name.keras") of keras3 or save_model_hdf5(model, "name.h5") of keras, and hand in that file.';
const CHECKPOINT = {
  format: 'tf-checkpoint',
  title: 'part of a checkpoint of TensorFlow, which holds weights without their layers',
  instead: `Load the checkpoint into the model, with model.load_weights(…). ${KERAS}`,
} as const;
const CORE_ML = {
  format: 'core-ml',
  title: 'a model of Core ML',
  instead:
    'Hand in the model from which it was converted, as Keras (name.keras) or PyTorch (name.pt) saves it, or in ONNX.',
} as const;

const UNREAD: readonly (readonly [RegExp, UnreadFormat])[] = [
  [
    /\.pt2$/iu,
    {
      format: 'pytorch',
      title: 'a program of torch.export',
      instead:
        'Save the model itself in PyTorch with torch.save(model.state_dict(), "name.pt") and hand in that file.',
    },
  ],
  [
    /(?:^|\/)saved_model\.pb(?:txt)?$/iu,
    { format: 'saved-model', title: 'a SavedModel of TensorFlow', instead: KERAS },
  ],
  [
    /\.pb(?:txt)?$/iu,
    {
      format: 'saved-model',
      title: 'a SavedModel of TensorFlow, or a graph of it',
      instead: KERAS,
    },
  ],
  [
    /\.tflite$/iu,
    {
      format: 'tflite',
      title: 'a model of TensorFlow Lite',
      instead:
        'Hand in the model from which it was converted, saved with model.save("name.keras").',
    },
  ],
  [
    /\.(?:pkl|pickle|joblib|sav|skops)$/iu,
    {
      format: 'pickle',
      title: 'a pickled object, such as scikit-learn’s models',
      instead: ANY,
    },
  ],
  [
    /\.np[yz]$/iu,
    {
      format: 'numpy',
      title: 'a file of NumPy’s arrays, without the layers that they belong to',
      instead: ANY,
    },
  ],
  [/\.mlpackage(?:\/manifest\.json)?$|\.ml(?:model|modelc)$/iu, CORE_ML],
  [/\.data-\d{5}-of-\d{5}$/u, CHECKPOINT],
  [/(?:^|\/)checkpoint$|\.index$/u, CHECKPOINT],
  [
    /\.(?:rds|rdata|rda)$/iu,
    { format: 'r-object', title: 'a file of R’s own objects', instead: R },
  ],
  [
    /\.mat$/iu,
    {
      format: 'matlab',
      title: 'a file of MATLAB’s variables',
      instead:
        'Save the network from MATLAB with exportONNXNetwork(net, "name.onnx") and hand in that file.',
    },
  ],
  [
    /\.(?:pdparams|pdmodel|mar|caffemodel|msgpack|gguf|engine|params|jls|bson|jld2|mlnet|eqx|orbax)$/iu,
    { format: 'other-framework', title: 'a model of another framework', instead: ANY },
  ],
];

/** Which framework's saved model a name says, where its files are not read; `null` for every other name. */
export function unreadFormatOf(path: string): UnreadFormat | null {
  return UNREAD.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** Why it is not read, and in which form a model is. */
export function unreadFormatRefusal(path: string, { title, instead }: UnreadFormat): Refusal {
  return submissionErrors.remark('model-framework', {
    message: `${path} is ${title}; such files are not read.`,
    fix: instead,
  });
}

/** Files of a checkpoint or a package of which another file stands for all of it. */
export function isPartOfUnread(path: string, all: ReadonlySet<string>): boolean {
  if (/\.mlpackage\/.*\.mlmodel$/iu.test(path)) return true;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  // The weights of a SavedModel lie in its folder "variables".
  if (/(?:^|\/)variables\/variables\./u.test(path)) return true;
  const data = /^(?<stem>.*)\.data-\d{5}-of-\d{5}$/u.exec(path)?.groups?.['stem'];
  if (data !== undefined) return all.has(`${data}.index`) || !path.includes('.data-00000-of-');
  return (
    path === `${folder}checkpoint` &&
    [...all].some(
      (other) => other.startsWith(folder) && /\.(?:index|data-\d{5}-of-\d{5})$/u.test(other),
    )
  );
}

/** The name that a model was saved under, without the endings of frameworks ("net.ckpt.index", "net.weights.h5"). */
export function savedName(path: string): string {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const folder = parts.at(-1) ?? '';
  return (/\.mlpackage$/iu.test(folder) ? folder : file)
    .replace(/\.[^.]*$/u, '')
    .replace(/\.(?:ckpt|weights)$/iu, '');
}
