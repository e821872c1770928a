import { LabproofError, type Owner, type Problem } from './labproof-error.ts';

/** What a code stands for, whatever the occasion: sentences for the page of all codes. */
interface CodeMeaning {
  readonly means: string;
  readonly fix: string;
}

/** Codes of one subject that lie with one owner. */
export interface CodeGroup {
  readonly owner: Owner;
  /** Who meets the same codes besides, where a file that a student hands in is read like one of a lab. */
  readonly alsoOwner?: Owner;
  readonly area: string;
  readonly codes: Readonly<Record<string, CodeMeaning>>;
}

/** What is said of one error. */
interface ErrorText {
  /** What happened and why, in whole sentences. */
  readonly message: string;
  /** The next thing to do, as an imperative sentence. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** An error without its owner. */
type Remark = Omit<Problem, 'owner'>;

/** The codes of the groups. */
type CodesOf<Groups extends readonly CodeGroup[]> = {
  [Index in keyof Groups]: Extract<keyof Groups[Index]['codes'], string>;
}[number];

/** The codes of a package, each with its owner and its meaning; only these can its errors have. */
export interface ErrorCatalogue<Groups extends readonly CodeGroup[]> {
  readonly groups: Groups;
  /** An error with one of the codes. Whose it is stands in the catalogue; of two owners the second has to be named. */
  error(code: CodesOf<Groups>, text: ErrorText, owner?: Owner): LabproofError;
  /** The same as plain data that says whose it is by where it stands: in a grade, beside a file. */
  remark(code: CodesOf<Groups>, text: Omit<ErrorText, 'cause'>): Remark;
  /** Whether a code is one of these. */
  has(code: string): code is CodesOf<Groups>;
}

export function errorCatalogue<const Groups extends readonly CodeGroup[]>(
  groups: Groups,
): ErrorCatalogue<Groups> {
  const groupOf = new Map(
    groups.flatMap((group) => Object.keys(group.codes).map((code) => [code, group] as const)),
  );
  return {
    groups,
    error(code, text, owner = groupOf.get(code)?.owner) {
      const group = groupOf.get(code);
      if (owner === undefined || (owner !== group?.owner && owner !== group?.alsoOwner)) {
        throw new Error(`the catalogue has no code ${code} of ${owner ?? 'anybody'}`);
      }
      return new LabproofError({ code, owner, ...text });
    },
    remark: (code, { message, fix }) => ({ code, message, fix }),
    has: (code): code is CodesOf<Groups> => groupOf.has(code),
  };
}
