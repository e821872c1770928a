import { expect, it } from 'vitest';
import { appealedMark, decisionWords } from '../src/room/appealed-mark.ts';
import { leftOpen, unansweredAppeals } from '../src/room/left-open.ts';
import { openRoom } from '../src/room/open-room.ts';
import { gradedFolder, lab } from './support/small-class.ts';

const MARK = { items: {}, fixed: 1, comment: '', doubtful: false, decided: true };
const answers = { q1: 'Meters are read.', q4: 'Better.' };
const folderOf = (): string =>
  gradedFolder({ amy: { name: 'Amy', answers }, bob: { name: 'Bob', answers } });

it('counts a doubt where the mark would count, and no other', async () => {
  const { room, close } = await openRoom(folderOf(), { lab, now: () => '2026-11-26T10:00:00Z' });
  const give = (key: string, over: Partial<typeof MARK>): void =>
    void room.mark('anna', { answers: [key], mark: { ...MARK, ...over }, ground: 'read' });
  give('amy:q1', { doubtful: true });
  give('bob:q1', { doubtful: true, decided: false });
  give('amy:q4', {});
  const keys = (): unknown => {
    const { unmarked, doubtful } = leftOpen(room);
    return [unmarked, doubtful].map((list) => list.map(({ key }) => key));
  };
  expect(keys()).toEqual([['bob:q1', 'bob:q4'], ['amy:q1']]);
  give('amy:q1', {});
  expect(keys()).toEqual([['bob:q1', 'bob:q4'], []]);
  room.undo('anna');
  expect(keys()).toEqual([['bob:q1', 'bob:q4'], ['amy:q1']]);
  close();
});

it('says of an appeal whether the mark is another than the student was told', async () => {
  const { room, close } = await openRoom(folderOf(), { lab, now: () => '2026-11-26T10:00:00Z' });
  const give = (over: Partial<typeof MARK>): void =>
    void room.mark('lea', { answers: ['amy:q1'], mark: { ...MARK, ...over }, ground: 'decision' });
  const release = (version: number): void =>
    void room.act('release', { kind: 'released', version, digest: 'x', students: 2 });
  const words = (outcome: 'changed' | 'kept'): string => {
    const [appeal] = room.record.appeals;
    return appeal === undefined ? '' : decisionWords(outcome, appealedMark(room, appeal));
  };
  give({});
  release(1);
  // The mark may be changed before the appeal is put into the file.
  give({ fixed: 0.5 });
  const filed = { appeal: 'a', answer: 'amy:q1', item: null, text: 'Why?' };
  room.act('appeals', { kind: 'appealFiled', ...filed });
  expect(leftOpen(room).appeals).toHaveLength(1);
  expect(words('changed')).toBe('The mark was changed (1 → 0.5)');
  expect(words('kept')).toContain('changed nothing; the mark is another for another reason');
  give({ comment: 'Read.' });
  expect(words('changed')).toBe('The mark was changed, with the same points');
  give({});
  expect(words('changed')).toBe('The mark was changed and set back, so the points stay');
  expect(words('kept')).toBe('The mark was kept');
  room.act('lea', { kind: 'appealDecided', appeal: 'a', outcome: 'changed', reason: 'So.' });
  expect(leftOpen(room).appeals).toEqual([]);
  expect(unansweredAppeals(room)).toHaveLength(1);
  release(2);
  expect(unansweredAppeals(room)).toEqual([]);
  // What comes after the version that answered it is another matter.
  give({ fixed: 0 });
  expect(words('changed')).toBe('The mark was changed and set back, so the points stay');
  close();
});

it('does not take a mark that was undone for one that was changed', async () => {
  const { room, close } = await openRoom(folderOf(), { lab, now: () => '2026-11-26T10:00:00Z' });
  const give = (fixed: number): void =>
    void room.mark('lea', { answers: ['amy:q1'], mark: { ...MARK, fixed }, ground: 'read' });
  give(1);
  room.act('appeals', {
    kind: 'appealFiled',
    appeal: 'a',
    answer: 'amy:q1',
    item: null,
    text: 'Why?',
  });
  give(0);
  room.undo('lea');
  const [appeal] = room.record.appeals;
  expect(appeal && appealedMark(room, appeal)).toEqual({ became: 'same', before: 1, after: 1 });
  close();
});
