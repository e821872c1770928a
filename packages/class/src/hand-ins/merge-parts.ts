import { basename } from 'node:path';
import type { HandIn, HandInPart } from './hand-in.ts';
import type { HandInName } from './hand-in-name.ts';
import type { PassedOver } from './passed-over.ts';
import { idsOfName } from './student-id.ts';
import { classError } from '../errors.ts';

/** One downloaded folder or file and what its name says. */
export interface NamedPart {
  readonly named: HandInName;
  readonly path: string;
  readonly part: HandInPart;
}

/**
 * Brings together what a platform has spread over several files of one student; in the order of the parts. Of several
 * attempts the last one counts, and the others are told.
 */
export function mergeParts(parts: readonly NamedPart[], passedOver: PassedOver[]): HandIn[] {
  const byStudent = new Map<string, NamedPart[]>();
  for (const part of parts) {
    const key = `${part.named.rule} ${part.named.id}`;
    byStudent.set(key, [...(byStudent.get(key) ?? []), part]);
  }
  return [...byStudent.values()].flatMap((all): HandIn[] => {
    const group = lastAttempt(all, passedOver);
    const [first] = group;
    if (first === undefined) return [];
    const { named, path } = first;
    const other = group.find((part) => part.named.name !== named.name);
    if (other !== undefined) {
      throw classError('hand-in-names-disagree', {
        message: `${path} and ${other.path} have one number, ${named.id}, and two names, ${named.name ?? ''} and ${other.named.name ?? ''}.`,
        fix: 'Download the submissions again, or give each student a folder that is named by the id.',
      });
    }
    return [
      {
        ...idsOfName(named.id),
        name: named.name,
        path,
        parts: group.map(({ part }) => part),
        rule: named.rule,
        idKind: named.idKind,
        group: null,
        why: group.length === 1 ? named.why : `${named.why}; ${group.length} files belong together`,
        uploads: group.map((part) => basename(part.path)),
        submittedAt: named.attempt ?? null,
        markedLate: group.some((part) => part.named.markedLate),
      },
    ];
  });
}

function lastAttempt(group: readonly NamedPart[], passedOver: PassedOver[]): readonly NamedPart[] {
  const [last = ''] = group
    .map(({ named }) => named.attempt ?? '')
    .toSorted()
    .toReversed();
  return group.filter(({ named, path }) => {
    const counts = (named.attempt ?? '') === last;
    if (!counts) {
      const why = `it is of an earlier attempt of ${named.id}, of ${named.attempt}; the last one, of ${last}, was graded`;
      passedOver.push({ path, why });
    }
    return counts;
  });
}
