import { describePlan, formatPlural } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';
import { codeNetworkFor } from '../shared/code-network.ts';
import { torchNetworkFor } from '../shared/torch-network.ts';

/** Longest piece of code in the evidence. */
const LONGEST_CODE = 2000;

/** Does the code of the answer define the exercise's network? The code is read; it is never run. */
export function checkCodeTopology(context: CheckContext): Verdict {
  const torch = torchNetworkFor(context);
  const network = torch ?? codeNetworkFor(context);
  const framework = torch === null ? 'keras' : 'pytorch';
  const expected = describePlan(context.reference(), framework);
  if (network === null) {
    const absent = withoutAnswer(context, 'the code of your network');
    if (absent !== null) return absent;
    const hasCode = (context.answer?.code ?? []).length > 0;
    return hasCode
      ? {
          outcome: 'needs-review',
          message: 'No network could be read in the code of this answer; it needs manual grading.',
          advice:
            'Write the network in Keras, one layer a line, or as a class of PyTorch’s with its __init__ and forward.',
          evidence: (context.answer?.code ?? [])
            .slice(0, 3)
            .map((piece) => codeEvidence(piece.text)),
        }
      : {
          outcome: 'missing',
          message: 'The answer shows no code.',
          advice: 'Show the code of your network in a code block.',
          evidence: [],
        };
  }
  const { plan, problem, differences, text } = network;
  if (plan === null) {
    return {
      outcome: 'needs-review',
      message: `The network in the code could not be read in full (${problem ?? ''}); it needs manual grading.`,
      advice: null,
      evidence: [codeEvidence(text)],
    };
  }
  if (differences.length === 0) {
    return {
      outcome: 'passed',
      message: `The code defines the exercise's network: ${describePlan(torch === null ? plan : context.reference(), framework)}.`,
      advice: null,
      evidence: [codeEvidence(text)],
    };
  }
  const [first] = differences;
  return {
    outcome: 'failed',
    message: `The network in the code differs in ${formatPlural(differences.length, 'place')}: ${first?.label ?? ''} should be ${first?.expected ?? ''} and is ${first?.found ?? ''}${differences.length > 1 ? '; the others are listed below' : ''}.`,
    advice: `Build ${expected}.`,
    evidence: [codeEvidence(text), ...differences],
  };
}

function codeEvidence(text: string): { kind: 'text'; label: string; text: string } {
  return { kind: 'text', label: 'Read in the code', text: text.slice(0, LONGEST_CODE) };
}
