import { compareText } from '../submission/submission-files.ts';

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

/** Brings pairs that share students together, so that ten copies of one work are one finding and not forty-five. */
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
  for (const pair of pairs) addTo(groups, find(pair.a), pair);
  return [...groups.values()].map((members) => ({
    students: [...new Set(members.flatMap(({ a, b }) => [a, b]))].toSorted(compareText),
    pairs: members.toSorted(
      (x, y) => y.value - x.value || compareText(x.a, y.a) || compareText(x.b, y.b),
    ),
  }));
}

/** Adds to the list that stands under a key, and begins it where there is none. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
