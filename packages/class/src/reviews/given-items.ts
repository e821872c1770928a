import type { Evidence } from '@labproof/grader';
import { formatDecimal } from '@labproof/submission';

/** An item of the rubric that a reader gave, in whole or in part. */
export type GivenItem = Extract<Evidence, { kind: 'given' }>['items'][number];

const LINE = /^(?<points>-?\d+(?:\.\d+)?) of (?<of>-?\d+(?:\.\d+)?): (?<concept>.+)$/u;

/** Items as lines of text: `0.5 of 1: who gains what`. */
export function givenText(items: readonly GivenItem[]): string {
  return items
    .map(({ concept, points, of }) => {
      const words = concept.replaceAll(/[\s¶]+/gu, ' ').trim();
      return `${formatDecimal(points)} of ${formatDecimal(of)}: ${words}`;
    })
    .join('\n');
}

/** The items that such lines name; none where a line is anything else. */
export function givenIn(text: string): GivenItem[] {
  const items = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => LINE.exec(line.trim())?.groups)
    .map((found) =>
      found === undefined
        ? null
        : {
            concept: found['concept'] ?? '',
            points: Number(found['points']),
            of: Number(found['of']),
          },
    );
  return items.every((item) => item !== null) ? items : [];
}

/**
 * Whether items add up to the points of a review, of which `most` can be given: else somebody has changed the points
 * since, and they say nothing about them.
 */
export function addUpTo(items: readonly GivenItem[], points: number, most: number): boolean {
  const sum = items.reduce((total, item) => total + item.points, 0);
  return Math.abs(Math.min(most, Math.max(0, sum)) - points) < 1e-3;
}
