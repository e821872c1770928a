import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlaygroundConfigSchema } from '@labproof/core/playground';
import type { Grade, PlaygroundSettings, PlaygroundTally } from '@labproof/grader';
import type { Lab } from '@labproof/lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlaygroundTallies } from '../../src/processes/playground-tallies.ts';
import { gradeInProcesses } from '../../src/processes/process-pool.ts';
import { lab as testLab } from '../../../submission/test/support/lab.ts';

const SETTINGS: PlaygroundSettings = {
  config: PlaygroundConfigSchema.parse({ dataset: 'gauss' }),
  epochs: 10,
  target: 0.02,
  runs: 20,
};
const TALLY: PlaygroundTally = { successes: 3, shown: { seed: 2, epochs: 4, testLoss: 0.01 } };

describe('tallies of playground networks', () => {
  it('are run by the first who asks; the others wait for them', async () => {
    const tallies = new PlaygroundTallies();
    expect(await tallies.ask(SETTINGS)).toBeNull();
    const waiting = [tallies.ask({ ...SETTINGS }), tallies.ask({ ...SETTINGS })];
    expect(await tallies.ask({ ...SETTINGS, runs: 30 })).toBeNull();
    tallies.settle(SETTINGS, TALLY);
    expect(await Promise.all(waiting)).toEqual([TALLY, TALLY]);
    expect(await tallies.ask(SETTINGS)).toEqual(TALLY);
    expect(tallies.runs).toBe(2);
  });

  it('go to the next where the first comes to nothing', async () => {
    const tallies = new PlaygroundTallies();
    expect(await tallies.ask(SETTINGS)).toBeNull();
    const [second, third] = [tallies.ask(SETTINGS), tallies.ask(SETTINGS)];
    tallies.abandon(SETTINGS);
    expect(await second).toBeNull();
    tallies.settle(SETTINGS, TALLY);
    expect(await third).toEqual(TALLY);
    expect(tallies.runs).toBe(2);
  });
});

describe('a class that claims playground networks', () => {
  const [first] = testLab.questions;
  const lab: Lab = {
    ...testLab,
    playgrounds: [
      {
        id: 'heaps',
        title: 'Two heaps',
        config: SETTINGS.config,
        epochs: 20,
        target: 0.02,
        published: null,
        sweep: null,
      },
    ],
    questions:
      first === undefined
        ? []
        : [
            {
              ...first,
              exercise: null,
              checks: [
                {
                  kind: 'playground-claim',
                  points: 2,
                  playground: 'heaps',
                  runs: 20,
                  reliable: 0.5,
                  rare: 0.2,
                },
              ],
            },
          ],
  };
  const words = (neurons: number): string =>
    `Inputs x1 and x2, one hidden layer with ${neurons} neurons, tanh, learning rate 0.1, batch size 10, 50 % training data, no noise, within 100 epochs.`;
  const CLASS = { amy: words(2), bea: words(3), cai: words(2), dan: words(2), eva: words(3) };
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'labproof-tallies-'));
    for (const [student, answer] of Object.entries(CLASS)) {
      mkdirSync(join(folder, student));
      writeFileSync(
        join(folder, student, 'answers.md'),
        `## Question ${first?.number ?? 1}\n\n${answer}\n`,
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function graded(processes: number): Promise<{ grades: Map<string, Grade>; runs: number }> {
    const tallies = new PlaygroundTallies();
    const grades = new Map<string, Grade>();
    await gradeInProcesses(
      {
        setup: {
          kind: 'setup',
          lab,
          engine: 'wasm',
          memoryLimit: 1024,
          limits: {},
          trains: false,
        },
        jobs: Object.keys(CLASS).map((student) => ({
          kind: 'grade',
          source: { kind: 'parts', parts: [{ path: join(folder, student), file: student }] },
          student,
          name: null,
          keptDigest: null,
        })),
        processes,
        timeLimit: 600,
        trainer: null,
        loadDataset: () => Promise.reject(new Error('there is no model')),
        onGraded: ({ student }, result) => {
          if (result !== 'unchanged') grades.set(student, result.grade);
        },
      },
      tallies,
    );
    return { grades, runs: tallies.runs };
  }

  it('has each settings run once, over processes too, and every claim gets its own verdict', async () => {
    const [alone, together] = [await graded(1), await graded(3)];
    expect([alone.runs, together.runs]).toEqual([2, 2]);
    const evidenceOf = (grade: Grade | undefined): unknown =>
      grade?.outcomes[0]?.checks[0]?.evidence.find(({ kind }) => kind === 'playground');
    for (const student of Object.keys(CLASS)) {
      const outcome = together.grades.get(student)?.outcomes[0];
      expect(outcome?.checks[0]?.outcome).toBe('passed');
      expect(outcome).toEqual(alone.grades.get(student)?.outcomes[0]);
    }
    const [amy, bea, dan] = ['amy', 'bea', 'dan'].map((name) =>
      evidenceOf(together.grades.get(name)),
    );
    expect(dan).toEqual(amy);
    expect(bea).not.toEqual(amy);
  });
});
