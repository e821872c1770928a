import {
  type CheckForm,
  type CheckIssue,
  type CheckKind,
  type CheckSpec,
  type LabParts,
  type Need,
  type Question,
} from '@labproof/lab';
import type { z } from 'zod';
import { graderError } from '../errors.ts';
import type { CheckContext } from './check-context.ts';
import type { Verdict } from './verdict.ts';

/** What pages know of a lab when they say how a check decides. */
interface Marks {
  /** `at least 97.58 %`; `null` where nothing was measured, or several marks count. */
  readonly passMark: string | null;
}

/** A kind of checks, whole: what an author writes, what it needs, what pages call it, and how it decides. */
export interface CheckDefinition<Form extends CheckForm> {
  /** What an author writes: `kind`, `points`, and options of its own. */
  readonly spec: Form;
  /** What it is called on pages. */
  readonly title: string;
  /** What it cannot decide without. */
  readonly needs: readonly Need[];
  /** Whether it judges whatever network students design, by its result alone; it does not unless told. */
  readonly judgesAnyNetwork?: boolean;
  /** What code it is answered with, which handouts then do not show; none unless told. */
  readonly answeredByCode?: 'network' | 'training';
  /** What a self-check does with it; see `CheckKind` of `@labproof/lab`. */
  readonly selfCheck: 'same' | 'in-grading' | ((check: z.output<Form>) => z.output<Form>);
  /** What tells a check in a grade from others of its kind. */
  detail?(check: z.output<Form>): string;
  /** What is wrong with a check in its lab, besides its form. */
  issues?(check: z.output<Form>, question: Question, lab: LabParts): readonly CheckIssue[];
  /** What a student may know beforehand of how it decides; nothing that would answer a question. */
  gradedBy(check: z.output<Form>, marks: Marks): string;
  run(context: CheckContext, check: z.output<Form>): Verdict | Promise<Verdict>;
}

/** A definition as the registry holds it: it takes every check of its kind, and reads the options by itself. */
export interface GradedKind extends CheckKind {
  readonly title: string;
  /** `null` where nothing does; never throws, so that even a check that is wrong can be named. */
  detail(check: CheckSpec): string | null;
  gradedBy(check: CheckSpec, marks: Marks): string;
  run(context: CheckContext, check: CheckSpec): Verdict | Promise<Verdict>;
}

/** Makes a kind of checks. Its functions throw `check-invalid` for a check whose options are not of its form. */
export function defineCheck<Form extends CheckForm>(definition: CheckDefinition<Form>): GradedKind {
  const {
    spec,
    title,
    needs,
    judgesAnyNetwork = false,
    answeredByCode = null,
    selfCheck,
  } = definition;
  const kind = spec.shape.kind.value;
  const read = (check: CheckSpec): z.output<Form> => {
    const parsed = spec.safeParse(check);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw graderError('check-invalid', {
      message: `A check "${kind}" of the lab is not as it should be: ${problems.join('; ')}.`,
      fix: 'Correct its options; "labproof labs" names the file and the line.',
    });
  };
  return {
    kind,
    spec,
    title,
    needs,
    judgesAnyNetwork,
    answeredByCode,
    selfCheck: typeof selfCheck === 'function' ? (check) => selfCheck(read(check)) : selfCheck,
    detail: (check) => {
      const { data } = spec.safeParse(check);
      return data === undefined ? null : (definition.detail?.(data) ?? null);
    },
    issues: (check, question, lab) => definition.issues?.(read(check), question, lab) ?? [],
    gradedBy: (check, marks) => definition.gradedBy(read(check), marks),
    run: (context, check) => definition.run(context, read(check)),
  };
}
