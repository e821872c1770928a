import { LabproofError, type Owner } from './labproof-error.ts';

/** What a code stands for, whatever the occasion: sentences for the page of all codes. */
export interface CodeMeaning {
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
export interface ErrorText {
  /** What happened and why, in whole sentences. */
  readonly message: string;
  /** The next thing to do, as an imperative sentence. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** The codes of the groups. */
export type CodesOf<Groups extends readonly CodeGroup[]> = {
  [Index in keyof Groups]: Extract<keyof Groups[Index]['codes'], string>;
}[number];

/** The codes of a package, each with its owner and its meaning; only these can its errors have. */
export interface ErrorCatalogue<Groups extends readonly CodeGroup[]> {
  readonly groups: Groups;
  /** An error with one of the codes; whose it is stands in the catalogue. */
  error(code: CodesOf<Groups>, text: ErrorText): LabproofError;
}

export function errorCatalogue<const Groups extends readonly CodeGroup[]>(
  groups: Groups,
): ErrorCatalogue<Groups> {
  const owners = new Map(
    groups.flatMap(({ owner, codes }) => Object.keys(codes).map((code) => [code, owner] as const)),
  );
  return {
    groups,
    error(code, text) {
      const owner = owners.get(code);
      if (owner === undefined) throw new Error(`the catalogue has no code ${code}`);
      return new LabproofError({ code, owner, ...text });
    },
  };
}
