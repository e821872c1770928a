import { closest, distance } from 'fastest-levenshtein';

/** The known name that a mistyped one most likely meant, or `null` when none is near. */
export function closestName(typed: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const candidate = closest(typed.toLowerCase(), known);
  const tolerance = Math.max(2, Math.floor(candidate.length / 3));
  return distance(typed.toLowerCase(), candidate) <= tolerance ? candidate : null;
}
