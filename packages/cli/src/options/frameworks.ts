import type { Framework, Lab } from '@labproof/lab';
import { Option } from 'commander';

/** What `--framework` takes. */
export type FrameworkChoice = Framework | 'both';

/** `--framework`, of commands that write code for students; `what` says which code. */
export function frameworkOption(what: string): Option {
  return new Option(
    '--framework <name>',
    `${what} (default: the lab's "frameworks", if it has any)`,
  ).choices(['keras', 'pytorch', 'both'] satisfies FrameworkChoice[]);
}

/** The frameworks that are meant: those of the option, else the lab's; none where neither says any. */
export function frameworksMeant(
  choice: FrameworkChoice | undefined,
  { frameworks = [] }: Lab,
): readonly Framework[] {
  if (choice === undefined) return frameworks;
  return choice === 'both' ? ['keras', 'pytorch'] : [choice];
}
