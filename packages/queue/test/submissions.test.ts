// Takes 60 s: a class is graded three times, by processes.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BatchOptions, gradeBatch, processExecutor } from '@labproof/class';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { ARCHIVES } from '../../../fixtures/hostile/archives.ts';
import { CASES, HONEST, Place } from '../../../fixtures/hostile/cases.ts';
import { DECLARATIONS } from '../../../fixtures/hostile/declarations.ts';
import { FOLDERS } from '../../../fixtures/hostile/folders.ts';
import { ClassFolder } from '../../class/test/support/class-folder.ts';
import { folderStore, type OpenQueue, openQueue } from '../src/index.ts';
import { hasRedis, RedisServer, without } from './support/redis-server.ts';
import { until } from './support/until.ts';
import { linesOf, WorkerCrew } from './support/worker-crew.ts';

/** What makes a submission hard to send: its archive, its folder and links in it, what it says of itself. */
const HARD_TO_SEND: ReadonlySet<unknown> = new Set([...ARCHIVES, ...FOLDERS, ...DECLARATIONS]);

/** All of those; what hostile files say travels as bytes like any other, so that of these some of each kind will do. */
const HOSTILE = CASES.filter((one, index) => HARD_TO_SEND.has(one) || index % 8 === 0);

/** With honest ones. */
const STUDENTS = HOSTILE.length + 30;

/** Files of a graded class that must not depend on who graded it. */
const RESULTS = ['grades.json', 'grades.csv', 'reviews.csv', 'findings.json'];

async function placeClass(folder: ClassFolder): Promise<void> {
  const outside = folder.at('outside');
  const at = { class: folder.at('class'), outside, server: 'http://127.0.0.1:9' };
  new Place({ ...at, class: folder.root, folder: 'outside' }).files(HONEST);
  for (const { name, folder: place = name, make } of HOSTILE) {
    await make(new Place({ ...at, folder: place }));
  }
  for (let index = HOSTILE.length; index < STUDENTS; index += 1) {
    const answers = `## Question 1\n\nParcels, ${index}.\n\n## Question 2\n\n${index} s\n`;
    folder.placeSubmission(`class/student-${index}`, answers, index % 3 > 0);
  }
}

describe.skipIf(!hasRedis)(`submissions over worker processes${without}`, () => {
  const folder = new ClassFolder();
  const redis = new RedisServer();
  const crew = new WorkerCrew(redis.folder);
  let queue: OpenQueue;

  const file = (out: string, name: string): string =>
    readFileSync(folder.at(join(out, name)), 'utf8');
  const overQueue = (out: string, more: Partial<BatchOptions> = {}) =>
    gradeBatch(folder.options({ out: folder.at(out), executor: queue.submissions(null), ...more }));

  beforeAll(async () => {
    await redis.start();
    await placeClass(folder);
    await Promise.all(['one', 'two', 'three'].map((name) => crew.add(name, 'hold-before')));
    queue = await openQueue({
      address: redis.address,
      store: folderStore(join(redis.folder, 'files')),
      recheck: 0,
      onNotice: () => undefined,
    });
  });
  afterAll(async () => {
    await queue.close();
    await crew.stop();
    await redis.remove();
    folder.remove();
  });

  it('give the bytes that one process gives, though a worker and Redis are killed', async () => {
    const grading = overQueue('queue');
    // Each of the three has a submission whose model is to be tried on data, and more are waiting.
    await crew.allHeard(/^holds squares/u);
    const client = redis.client();
    expect(await client.llen('labproof:work:active')).toBe(3);
    expect(await client.llen('labproof:work:wait')).toBeGreaterThan(3);
    const [victim, ...others] = crew.members;
    if (victim !== undefined) await crew.kill(victim);
    await redis.kill();
    // The others finish what they have while there is nobody to be told.
    const graded = others.map((member) => linesOf(member, /^submission/u).length);
    crew.release();
    await until(() =>
      others.every((member, at) => linesOf(member, /^submission/u).length > (graded[at] ?? 0)),
    );
    await redis.start();
    const result = await grading;
    expect(result.summaries).toHaveLength(STUDENTS);
    await gradeBatch(
      folder.options({ out: folder.at('alone'), jobs: 1, executor: processExecutor }),
    );
    for (const name of RESULTS) expect(file('queue', name)).toBe(file('alone', name));

    // Redis holds nobody's name or words.
    expect(await client.zcard('labproof:work:failed')).toBe(0);
    for (const id of await client.zrange('labproof:work:completed', 0, 9)) {
      const job = JSON.stringify(await client.hgetall(`labproof:work:${id}`));
      expect(job).not.toMatch(/student-|Parcels/u);
    }
    client.disconnect();

    // What is graded stays graded, also for another command without a memory of its own.
    const told = crew.members.flatMap(({ lines }) => lines).length;
    await overQueue('again');
    expect(file('again', 'grades.json')).toBe(file('alone', 'grades.json'));
    expect(crew.members.flatMap(({ lines }) => lines).length).toBe(told);

    // Somebody has deleted the grades on their way: they are worked out again.
    rmSync(join(redis.folder, 'files', 'grades'), { recursive: true });
    await overQueue('once-more');
    expect(file('once-more', 'grades.json')).toBe(file('alone', 'grades.json'));
  });

  it('end as broken after a second try where their process dies, and the others are graded', async () => {
    rmSync(folder.at('class'), { recursive: true });
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n', false);
    const zip = new ZipFile();
    for (const name of ['a.bin', 'b.bin']) zip.addBuffer(Buffer.alloc(120 * 2 ** 20), name);
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
    folder.place('class/ben.zip', Buffer.concat(chunks));
    const limits = { memoryLimit: 280 };
    const { grades } = await overQueue('greedy', limits);
    expect([...grades].map(({ student, problem }) => [student, problem?.code])).toEqual([
      ['amy', undefined],
      ['ben', 'memory-limit'],
    ]);
    expect(crew.members.flatMap(({ lines }) => lines).join()).toContain('needed more than 280 MiB');
    await gradeBatch(
      folder.options({ out: folder.at('greedy-alone'), executor: processExecutor, ...limits }),
    );
    for (const name of RESULTS) expect(file('greedy', name)).toBe(file('greedy-alone', name));
  });
});
