import type { LabproofError } from '@labproof/core';
import { type SubmissionCode, submissionError } from '../../errors.ts';

/** How PyTorch saves what is read. */
const SAVE_STATE_DICT =
  'Save it again in PyTorch with torch.save(model.state_dict(), "name.pt") and hand in that file as it is.';

/** A student's error about a file of PyTorch. `what` continues a sentence that begins with the path. */
export function torchProblem(
  code: Extract<SubmissionCode, `pytorch-${string}`>,
  path: string,
  what: string,
  fix = SAVE_STATE_DICT,
): LabproofError {
  return submissionError(code, { message: `${path} ${what}.`, fix });
}
