import type { LabproofError } from '@labproof/core';
import { cliError } from '../errors.ts';

/** What was given as the rule for late hand-ins and is none: on the command line, or as `late` in `class.yaml`. */
export function lateRuleUnread(written: string): LabproofError {
  return cliError('late-rule-unread', {
    message: `"${written}" is neither a rule for late hand-ins that can be read nor a file that is there.`,
    fix: 'Write when it was due and what is deducted, for example "2026-11-20T23:59+01:00, 5 % a day, at most 3", or name a JSON file (docs/grading-a-class.md): after --late, or as late in class.yaml.',
  });
}
