import type { SubmissionCode } from '../../errors.ts';

/** The kinds of what is wrong with an ONNX file. */
export type OnnxCode = Extract<SubmissionCode, `onnx-${string}`>;

/** What to do instead, where nothing better is known: PyTorch's own file is read in full. */
const EXPORT_AGAIN =
  'Export it again, from PyTorch with model.eval() and torch.onnx.export(model, x, "name.onnx"), from Keras with tf2onnx; or hand in the model as the framework saves it: torch.save(model.state_dict(), "name.pt") or model.save("name.keras").';

/** Where the graph computes what is not computed here. */
export const SAVE_INSTEAD =
  'Hand in the model as its framework saves it: torch.save(model.state_dict(), "name.pt") from PyTorch, with the code of the network, or model.save("name.keras") from Keras.';

/** What is wrong with an ONNX file, told without its name. `message` continues a sentence that begins with the name. */
export class OnnxProblem extends Error {
  override readonly name = 'OnnxProblem';
  readonly code: OnnxCode;
  readonly fix: string;

  constructor(code: OnnxCode, message: string, fix: string = EXPORT_AGAIN) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}

/** A node that is not computed; `message` continues "its node …: ". */
export function notComputed(message: string, fix: string = SAVE_INSTEAD): OnnxProblem {
  return new OnnxProblem('onnx-operator', message, fix);
}

/** A file that does not say what files of ONNX say. */
export function damaged(message: string): OnnxProblem {
  return new OnnxProblem('onnx-damaged', message);
}
