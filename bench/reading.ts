// Reads a class of 200 in a real browser, by keys alone, and says how many keys and how long each answer took.
//   npm run build && tsx --conditions=@labproof/source bench/reading.ts GRADED [PAUSE_MS]
// GRADED is a folder that `labproof grade` wrote of fixtures; its answers, varied, are those of the class.
/// <reference lib="dom" />
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { byQuestion, openFormerResults, reviewRowsOf, reviewsCsv } from '@labproof/class';
import { Labs } from '@labproof/exercises';
import { checkKinds, type Grade } from '@labproof/grader';
import { startLocalBrowser } from '../packages/review/test/support/browser.ts';

const STUDENTS = 200;
const [graded = '', pause = '300'] = process.argv.slice(2);

/** Words that stand in place of others, so that answers differ as answers do. */
const OTHER_WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bcheques\b/giu, ['forms', 'meters', 'exam sheets', 'parcels', 'cheques']],
  [/\btraining\b/giu, ['training', 'learning', 'fitting']],
  [/\baccuracy\b/giu, ['accuracy', 'score', 'result']],
  [/\bnetwork\b/giu, ['network', 'model', 'net']],
];

function varied(text: string, index: number): string {
  const words = OTHER_WORDS.reduce(
    (now, [pattern, others], at) =>
      now.replace(pattern, others[Math.floor(index / (at + 1)) % others.length] ?? ''),
    text,
  );
  // Two in three say something of their own too.
  return index % 3 === 0
    ? words
    : `${words} My own run number ${index} gave ${index * 37 + 11} images.`;
}

/** A graded class made of the grades of a few. */
function makeClass(from: string): string {
  const out = mkdtempSync(join(tmpdir(), 'labproof-class-of-200-'));
  const results = openFormerResults(from);
  const bare = results.students.flatMap((student) => {
    const grade = results.read(student)?.grade;
    return grade === undefined ? [] : [grade];
  });
  const grades = Array.from({ length: STUDENTS }, (_, index): Grade => {
    const grade = bare[index % bare.length];
    if (grade === undefined) throw new Error(`${from} holds no grades`);
    const student = `s${String(index).padStart(4, '0')}`;
    const answers = grade.answers.map((answer) => ({
      ...answer,
      text: varied(answer.text, index),
    }));
    return { ...grade, student, name: `Ines Number${index}`, answers };
  });
  for (const grade of grades) {
    mkdirSync(join(out, grade.student));
    writeFileSync(join(out, grade.student, 'grade.json'), `${JSON.stringify(grade, null, 2)}\n`);
  }
  writeFileSync(join(out, 'grades.json'), `${JSON.stringify(grades, null, 2)}\n`);
  const lab = new Labs(checkKinds).find(grades[0]?.lab.id ?? '');
  const rows = grades.flatMap((grade) => reviewRowsOf(lab, grade, new Map()));
  writeFileSync(join(out, 'reviews.csv'), reviewsCsv(byQuestion(lab, rows)));
  return out;
}

const folder = makeClass(graded);
const bin = fileURLToPath(new URL('../packages/cli/bin/labproof.js', import.meta.url));
const server = spawn(process.execPath, [bin, 'review', folder, '--no-browser'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const started = performance.now();
const [address] = (await once(createInterface(server.stdout), 'line')) as [string];
console.log(`the room opens in ${Math.round(performance.now() - started)} ms`);

const browser = await startLocalBrowser();
const page = await browser.newPage();
// What tsx puts around functions is not in the page.
await page.evaluateOnNewDocument('globalThis.__name = (value) => value');
await page.setViewport({ width: 1280, height: 800 });
await page.goto(address);
await page.waitForSelector('.desk');

let keys = 0;
const press = async (key: string): Promise<void> => {
  keys += 1;
  await page.keyboard.press(key as 'a');
};
/** From a key to the frame in which the next answer stands. */
const step = async (key: string): Promise<number> => {
  // Set up and done before the key is pressed: the browser does not keep the two in order.
  await page.evaluate(() => {
    const watched = window as unknown as { step: Promise<number> };
    const before = document.querySelector('.place')?.textContent;
    watched.step = new Promise<number>((resolve) => {
      document.addEventListener(
        'keydown',
        () => {
          const from = performance.now();
          const look = (): void => {
            if (document.querySelector('.place')?.textContent === before) {
              requestAnimationFrame(look);
            } else {
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from), 0));
            }
          };
          look();
        },
        { once: true, capture: true },
      );
    });
  });
  await press(key);
  return await page.evaluate(() => (window as unknown as { step: Promise<number> }).step);
};
const saved = (): Promise<unknown> =>
  page.waitForFunction(() =>
    document.querySelector('.who')?.textContent?.includes('everything is saved'),
  );

const times: number[] = [];
const saves: number[] = [];
const count = await page.$eval('.place', (place) =>
  Number(/\/ (\d+)/u.exec(place.textContent ?? '')?.[1] ?? 0),
);
const begun = performance.now();
for (let index = 0; index < count; index++) {
  const before = performance.now();
  await press(index % 4 === 0 ? 'a' : '1');
  await saved();
  saves.push(performance.now() - before);
  await new Promise((resolve) => setTimeout(resolve, Number(pause)));
  if (index < count - 1) times.push(await step('j'));
}
const seconds = (performance.now() - begun) / 1000;

const at = (values: readonly number[], share: number): string =>
  `${(values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0).toFixed(0)} ms`;
const memory = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1];
const { JSHeapUsedSize: heap = 0 } = await page.metrics();
console.log(
  `${count} answers read in ${seconds.toFixed(0)} s, ${(keys / count).toFixed(2)} keys an answer`,
);
console.log(`next answer: median ${at(times, 0.5)}, 95 % ${at(times, 0.95)}, most ${at(times, 1)}`);
console.log(`key to "everything is saved": median ${at(saves, 0.5)}, 95 % ${at(saves, 0.95)}`);
console.log(
  `memory: server ${Math.round(Number(memory) / 1024)} MiB, page ${Math.round(heap / 2 ** 20)} MiB`,
);
await browser.close();
server.kill('SIGINT');
await once(server, 'close');
