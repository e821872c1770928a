// Marks one answer after the other and says so when each is saved, until it is killed.
import { openRoom } from '../../src/room/open-room.ts';
import { lab } from './small-class.ts';

const [folder = '', from = '0'] = process.argv.slice(2);
const { room } = await openRoom(folder, { lab, now: () => '2026-11-26T10:00:00.000Z' });
const keys = room.waiting.answers.map(({ key }) => key);
for (let number = Number(from); ; number++) {
  const key = keys[number % keys.length] ?? '';
  const mark = { items: {}, fixed: 0, comment: `mark ${number}`, doubtful: false, decided: true };
  room.mark('anna', { answers: [key], mark, ground: 'read' });
  process.stdout.write(`${number}\n`);
}
