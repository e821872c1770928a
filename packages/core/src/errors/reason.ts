import { LabproofError, type Problem } from './labproof-error.ts';
import { systemReason } from './system-words.ts';

/** What any thrown value says, for messages; what the operating system says is put into words. */
export function reasonOf(error: unknown): string {
  if (error instanceof LabproofError) return error.message;
  // Others end theirs with a full stop or not; the sentence that this stands in has its own.
  const said = error instanceof Error ? error.message : String(error);
  return systemReason(error) ?? said.replace(/(?<!\.)\.$/u, '');
}

/** Any thrown value as plain data; `unexpected` makes an error of one that is a fault of ours and no `LabproofError`. */
export function problemOf(error: unknown, unexpected: (reason: string) => LabproofError): Problem {
  return (error instanceof LabproofError ? error : unexpected(reasonOf(error))).toJSON();
}

/** Words that lose their capital where a sentence goes on with them; names keep theirs. */
const OPENING = /^(?:The|A|An|There|This|No|It|Its)\b/u;

/** What an error says, for the middle of a sentence: no full stop, and no capital but that of a name. */
export function clauseOf(error: unknown): string {
  return reasonOf(error)
    .replace(OPENING, (word) => word.toLowerCase())
    .replace(/\.$/u, '');
}
