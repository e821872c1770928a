import type { Reader } from '../team/team.ts';
import type { Desk } from './desk.ts';
import type { CommentView, SearchHit } from './protocol.ts';

/** Most hits of a search, and most comments that are recalled. */
const MOST_HITS = 50;
const MOST_COMMENTS = 30;

/** Where words stand in the answers that a reader may open, and in the comments that they may know of. */
export function searchHits(desk: Desk, words: string, reader: Reader): SearchHit[] {
  const asked = words.normalize('NFKC').toLowerCase().trim();
  if (asked === '') return [];
  const hits: SearchHit[] = [];
  for (const answer of desk.room.waiting.answers) {
    if (hits.length >= MOST_HITS) break;
    if (!desk.mayOpen(answer, reader)) continue;
    const texts = [
      ['answer', () => answer.text],
      ['comment', () => desk.markOf(answer, reader)?.mark.comment ?? ''],
    ] as const;
    for (const [where, text] of texts) {
      if (!text().toLowerCase().includes(asked)) continue;
      // A name is not found where it is not shown.
      const shown = desk.hide(answer)(text()).replaceAll(/\s+/gu, ' ');
      const at = shown.toLowerCase().indexOf(asked);
      if (at === -1) continue;
      hits.push({
        id: desk.id(answer.key),
        question: answer.question,
        text: shown.slice(Math.max(0, at - 60), at + asked.length + 120),
        where,
      });
    }
  }
  return hits;
}

/** Comments on a question that were written before, the most used first. Those of a blind second reader are theirs alone. */
export function commentViews(desk: Desk, question: string, reader: Reader): CommentView[] {
  const used = new Map<string, number>();
  for (const [key, marks] of desk.room.record.marks) {
    const answer = desk.room.answer(key);
    if (answer?.question !== question) continue;
    for (const given of marks) {
      if (given.reader !== reader.name && !desk.sees(given, answer, reader, false)) continue;
      const text = given.mark.comment.trim();
      if (text !== '') used.set(text, (used.get(text) ?? 0) + 1);
    }
  }
  return [...used]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_COMMENTS)
    .map(([text, count]) => ({ text, used: count }));
}
