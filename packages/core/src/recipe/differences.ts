import { canonicalJson } from '../digest.ts';

/** The places where two JSON values differ, as `path: before → after`, in the order of the paths. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (canonical(before) === canonical(after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return keys.flatMap((key) =>
      differences(before[key], after[key], path === '' ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item: unknown, index) =>
      differences(item, after[index], `${path}[${index}]`),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return [
      `${path}: ${before.length} → ${after.length} entries (${summary(before)} → ${summary(after)})`,
    ];
  }
  return [`${path}: ${canonical(before)} → ${canonical(after)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function canonical(value: unknown): string {
  return value === undefined ? 'absent' : canonicalJson(value);
}

/** Layers are told by their class, other entries by their JSON. */
function summary(entries: readonly unknown[]): string {
  return entries
    .map((entry) =>
      isRecord(entry) && typeof entry['class_name'] === 'string'
        ? entry['class_name']
        : canonical(entry),
    )
    .join(', ');
}
