import { z } from 'zod';
import type { FieldPath } from './located-yaml.ts';

/** The part of JSON Schema that is looked at here. */
interface Form {
  readonly properties?: Readonly<Record<string, Form>>;
  readonly items?: Form;
  readonly prefixItems?: readonly Form[];
  readonly oneOf?: readonly Form[];
  readonly anyOf?: readonly Form[];
  readonly const?: unknown;
}

/**
 * The names of the fields that a schema knows at a place of a value. Where the schema has alternatives (a check of one
 * kind or another), the value's own `kind` chooses; where nothing chooses, the fields of all of them count.
 */
export function knownFields(schema: z.ZodType, path: FieldPath, value: unknown): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  let forms: readonly Form[] = alternatives(root as Form, value);
  let current = value;
  for (const step of path) {
    current = childOf(current, step);
    forms = forms.flatMap((form) => {
      const next =
        typeof step === 'number' ? itemForm(form, step) : form.properties?.[String(step)];
      return next === undefined ? [] : alternatives(next, current);
    });
  }
  return [...new Set(forms.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

function itemForm({ items, prefixItems }: Form, index: number): Form | undefined {
  return prefixItems?.[index] ?? items;
}

/** The forms that a value may have: those whose fixed fields are as in the value, or all where none are. */
function alternatives(form: Form, value: unknown): readonly Form[] {
  const options = form.oneOf ?? form.anyOf;
  if (options === undefined) return [form];
  const all = options.flatMap((option) => alternatives(option, value));
  const chosen = all.filter(
    ({ properties = {} }) =>
      Object.values(properties).some((field) => field.const !== undefined) &&
      Object.entries(properties).every(
        ([name, field]) => field.const === undefined || field.const === childOf(value, name),
      ),
  );
  return chosen.length > 0 ? chosen : all;
}

/** The value of a field or an item; `undefined` where there is none. */
export function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<PropertyKey, unknown>>)[step];
}

/** The value at the end of a path; `undefined` where there is none. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(childOf, root);
}
