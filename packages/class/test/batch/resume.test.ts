// Takes 30 s: a batch is killed a dozen times.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeArguments } from '@labproof/core/workers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchOptions, gradeBatch } from '../../src/results/grade-batch.ts';
import { readGradingLog } from '../../src/results/grading-log.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { ZipFile } from 'yazl';
import { ClassFolder, problemOf } from '../support/class-folder.ts';
import type { CrashPoint } from '../support/crash-point.ts';
import { lab } from '../../../submission/test/support/lab.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

const STUDENTS = 12;

function placeClass(): void {
  for (let index = 0; index < STUDENTS; index += 1) {
    const answers = `## Question 1\n\nParcels, ${index}.\n\n## Question 2\n\n${index + 1} s\n\n## Question 4\n\nThe accuracy is 0.90.\n`;
    folder.placeSubmission(
      `class/student-${String(index).padStart(2, '0')}`,
      answers,
      index % 3 > 0,
    );
  }
}

/** How a batch in a process of its own ends: the signal, or the exit code. */
async function endOfBatch(point: CrashPoint | null): Promise<string | number | null> {
  const entry = nodeArguments({ from: import.meta.url, path: '../support/batch-process' });
  const where = point === null ? [] : [point.moment, point.deed];
  const child = spawn(process.execPath, [...entry, folder.root, ...where], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = await once(child, 'close');
  return signal ?? code;
}

/** In the order in which a batch that goes on comes to them. */
const POINTS: readonly CrashPoint[] = [
  { moment: 'before', deed: 'record graded' },
  { moment: 'half', deed: 'record graded' },
  { moment: 'after', deed: 'record graded' },
  { moment: 'half', deed: 'write .grading/' },
  { moment: 'before', deed: 'rename .grading/' },
  { moment: 'after', deed: 'rename .grading/' },
  { moment: 'half', deed: 'write student-03/grade.json.part' },
  { moment: 'before', deed: 'rename student-00/grade.json' },
  { moment: 'after', deed: 'rename student-06/grade.json' },
  { moment: 'before', deed: 'rename grades.json' },
  { moment: 'after', deed: 'rename grades.json' },
  { moment: 'half', deed: 'record written student-05' },
];

describe('a batch that is killed', () => {
  it('at every point of its way gives the same bytes in the end, and repeats nothing that was finished', async () => {
    placeClass();
    const whole = await gradeBatch(folder.options({ out: folder.at('whole') }));
    for (const point of POINTS) {
      expect([point, await endOfBatch(point)]).toEqual([point, 'SIGKILL']);
    }
    expect(await endOfBatch(null)).toBe(0);

    for (const file of ['grades.json', 'grades.csv', 'reviews.csv', 'findings.json']) {
      expect(readFileSync(folder.at(`out/${file}`), 'utf8')).toBe(
        readFileSync(folder.at(`whole/${file}`), 'utf8'),
      );
    }
    for (const { student } of whole.grades) {
      expect(readFileSync(folder.at(`out/${student}/grade.json`), 'utf8')).toBe(
        readFileSync(folder.at(`whole/${student}/grade.json`), 'utf8'),
      );
    }
    const log = readGradingLog(folder.at('out'));
    const graded = log.filter(({ event }) => event === 'graded');
    expect(new Set(graded.map(({ student }) => student)).size).toBe(STUDENTS);
    // A kill between the record and the keeping costs one grading again: at most one for each kill.
    expect(graded.length).toBeLessThanOrEqual(STUDENTS + POINTS.length);
    // A kill between the files and the record of them leaves it to the next batch, once for each student.
    const written = log.filter(({ event }) => event === 'written');
    expect(written.map(({ student }) => student).toSorted()).toEqual(
      whole.summaries.map(({ student }) => student),
    );
    expect(readdirSync(folder.at('out')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('before it could record who is gone records it the next time', async () => {
    placeClass();
    await gradeBatch(folder.options());
    rmSync(folder.at('class/student-11'), { recursive: true });
    expect(await endOfBatch({ moment: 'after', deed: 'rename grades.json' })).toBe('SIGKILL');
    for (let round = 0; round < 2; round += 1) await gradeBatch(folder.options());
    const log = readGradingLog(folder.at('out'));
    expect(log.filter(({ event }) => event === 'withdrawn')).toMatchObject([
      { student: 'student-11' },
    ]);
  });
});

describe('a batch that goes on', () => {
  const again = (over: Partial<BatchOptions> = {}): Promise<{ reused: number }> =>
    gradeBatch(folder.options(over));

  it('grades nothing twice, and everything that could come out otherwise', async () => {
    placeClass();
    expect((await again()).reused).toBe(0);
    expect((await again()).reused).toBe(STUDENTS);
    expect((await again({ fresh: true, lab: { ...lab, version: '1.0.1' } })).reused).toBe(0);
    const [first, ...others] = lab.exercises;
    if (first?.bands === null || first === undefined) throw new Error('no bands');
    const bands = { ...first.bands, n: 11 };
    const recalibrated = { ...lab, exercises: [{ ...first, bands }, ...others] };
    expect((await again({ lab: recalibrated })).reused).toBe(0);
    folder.place('class/student-03/answers.md', '## Question 2\n\n9 s\n');
    expect((await again({ lab: recalibrated })).reused).toBe(STUDENTS - 1);
  });

  it('trusts no kept grade that was edited or cut off', async () => {
    placeClass();
    await again();
    const one = folder.at('out/.grading/student-01.json');
    writeFileSync(one, readFileSync(one, 'utf8').replace('"score":', '"score":1'));
    const two = folder.at('out/.grading/student-02.json');
    writeFileSync(two, readFileSync(two, 'utf8').slice(0, 900));
    // Somebody else's grade under one's own name.
    cpSync(folder.at('out/.grading/student-04.json'), folder.at('out/.grading/student-05.json'));
    expect((await again()).reused).toBe(STUDENTS - 3);
  });

  it('leaves the results alone when it is interrupted, and takes up where it stopped', async () => {
    placeClass();
    const controller = new AbortController();
    const error = await problemOf(() =>
      again({
        jobs: 1,
        executor: processExecutor,
        signal: controller.signal,
        onProgress: ({ done }) => {
          if (done === 5) controller.abort();
        },
      }),
    );
    expect(error.code).toBe('grading-interrupted');
    expect(readdirSync(folder.at('out')).toSorted()).toEqual(['.grading', 'grading-log.jsonl']);
    expect((await again()).reused).toBe(5);
  });
});

describe('the record of grades', () => {
  it('tells every grading and every change, with versions, digests and the time it is given', async () => {
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n', false);
    let minute = 0;
    const now = (): string => `2026-11-21T10:0${(minute += 1)}Z`;
    await gradeBatch(folder.options({ now }));
    await gradeBatch(folder.options({ now }));
    folder.place('class/amy/answers.md', 'nothing of use\n');
    await gradeBatch(folder.options({ now }));
    const log = readGradingLog(folder.at('out'));
    expect(log.map(({ at, event, student, score }) => [at, event, student, score])).toEqual([
      ['2026-11-21T10:01Z', 'graded', 'amy', 1],
      ['2026-11-21T10:02Z', 'written', 'amy', 1],
      ['2026-11-21T10:03Z', 'graded', 'amy', 0],
      ['2026-11-21T10:04Z', 'written', 'amy', 0],
    ]);
    expect(log[0]).toMatchObject({
      lab: { id: 'squares', version: '1.0.0' },
      engine: 'wasm',
      // No model was examined, so no data.
      dataDigests: {},
    });
    expect(log[0]?.submissionDigest).toMatch(/^[0-9a-f]{64}$/u);
    expect(readFileSync(folder.at('out/amy/grade.json'), 'utf8')).not.toContain('2026-11-21');
  });

  it('goes on after a line that was cut off', async () => {
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n', false);
    folder.place('out/grading-log.jsonl', '{"at":null,"event":"gra');
    await gradeBatch(folder.options());
    expect(readGradingLog(folder.at('out')).map(({ event }) => event)).toEqual([
      'graded',
      'written',
    ]);
    expect(readFileSync(join(folder.root, 'out/grading-log.jsonl'), 'utf8')).toMatch(
      /^\{"at":null,"event":"gra\n/u,
    );
  });
});

/** A zip of a few kilobytes that unpacks to 240 MiB. */
async function placeLargeZip(path: string): Promise<void> {
  const zip = new ZipFile();
  for (const name of ['a.bin', 'b.bin']) zip.addBuffer(Buffer.alloc(120 * 2 ** 20), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  folder.place(path, Buffer.concat(chunks));
}

/** The processes that this one has started; Linux tells them. */
function childProcesses(): string[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
}

/** MiB of memory that a process holds; 0 when it has ended. */
function residentMiB(pid: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

// What the kernel does when memory runs out: the largest process is killed, and nobody is asked.
describe.skipIf(process.platform !== 'linux')(
  'a grading process that is killed for its memory',
  () => {
    it('takes no score from its student and no grade from the others', async () => {
      folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n', false);
      await placeLargeZip('class/ben.zip');
      folder.placeSubmission('class/cid', '## Question 2\n\n5 s\n', false);
      const killer = setInterval(() => {
        for (const pid of childProcesses()) {
          if (residentMiB(pid) > 280) process.kill(Number(pid), 'SIGKILL');
        }
      }, 2);
      const result = await gradeBatch(
        folder.options({ jobs: 1, executor: processExecutor }),
      ).finally(() => clearInterval(killer));
      expect(
        [...result.grades].map(({ student, score, status, problem }) => [
          student,
          score,
          status,
          problem?.code,
        ]),
      ).toEqual([
        ['amy', 1, 'final', undefined],
        ['ben', null, 'broken', 'grading-process-died'],
        ['cid', 1, 'final', undefined],
      ]);
    });
  },
);

describe('limits', () => {
  it('names the submission that needed too much memory, and grades the others', async () => {
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n', false);
    await placeLargeZip('class/ben.zip');
    folder.placeSubmission('class/cid', '## Question 2\n\n5 s\n', false);
    const result = await gradeBatch(
      folder.options({ memoryLimit: 280, jobs: 1, executor: processExecutor }),
    );
    expect(
      [...result.grades].map(({ student, score, problem }) => [student, score, problem?.code]),
    ).toEqual([
      ['amy', 1, undefined],
      ['ben', null, 'memory-limit'],
      ['cid', 1, undefined],
    ]);
    expect([...result.grades][1]?.problem?.message).toContain('more than 280 MiB');
  });

  it('says so when no process can be had for the memory', async () => {
    folder.placeSubmission('class/amy', '', false);
    const error = await problemOf(() =>
      gradeBatch(folder.options({ memoryLimit: 20, executor: processExecutor })),
    );
    expect(error.code).toBe('memory-limit-too-low');
  });
});
