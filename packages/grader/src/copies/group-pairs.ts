import { compareText } from '@labproof/submission';

/** Two students and how alike something of theirs is. */
export interface AlikePair {
  readonly a: string;
  readonly b: string;
  readonly value: number;
}

/** Students who hang together through pairs, and these pairs, most alike first. */
export interface Group {
  readonly students: readonly string[];
  readonly pairs: readonly AlikePair[];
}

/**
 * Brings pairs that share students together, so that ten copies of one work are one finding and not forty-five.
 * Groups are in the order of their first students.
 */
export function groupPairs(pairs: readonly AlikePair[]): Group[] {
  const root = new Map<string, string>();
  const find = (student: string): string => {
    let top = student;
    for (let next = root.get(top); next !== undefined; next = root.get(top)) top = next;
    // Whoever is asked for again is one step away: a chain of a whole class would be walked for every pair.
    if (top !== student) root.set(student, top);
    return top;
  };
  for (const { a, b } of pairs) {
    const [one, other] = [find(a), find(b)].toSorted(compareText);
    if (one !== undefined && other !== undefined && one !== other) root.set(other, one);
  }
  const groups = new Map<string, AlikePair[]>();
  for (const pair of pairs) {
    const top = find(pair.a);
    const members = groups.get(top);
    if (members === undefined) groups.set(top, [pair]);
    else members.push(pair);
  }
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, members]) => ({
      students: [...new Set(members.flatMap(({ a, b }) => [a, b]))].toSorted(compareText),
      pairs: members.toSorted(
        (x, y) => y.value - x.value || compareText(x.a, y.a) || compareText(x.b, y.b),
      ),
    }));
}
