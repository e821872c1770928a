/** "Doe, Jane", "Jane Doe" and Canvas's "doejane" are the same name. */
export function namesAgree(a: string, b: string): boolean {
  const [one, other] = [words(a), words(b)];
  if (one.length === 0 || other.length === 0) return false;
  if (one.toSorted().join(' ') === other.toSorted().join(' ')) return true;
  const squashed = new Set(rotations(other));
  return one.length === 1 && squashed.has(one[0] ?? '');
}

function rotations(parts: readonly string[]): string[] {
  return parts.map((_, start) => [...parts.slice(start), ...parts.slice(0, start)].join(''));
}

function words(name: string): string[] {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
