import type { Value } from './values.ts';

/** Whether a value counts as true; `null` for what is not known beforehand. */
export function truthOf(value: Value): boolean | null {
  if (value.type === 'data') return Boolean(value.data);
  if (value.type === 'list') return value.items.length > 0;
  return value.type === 'module' || value.type === 'tensor' ? true : null;
}
