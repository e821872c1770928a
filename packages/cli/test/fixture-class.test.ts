// Takes 45 s: the class is graded twice, and every submission looked over.
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GradeSchema } from '@labproof/grader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runInProcess } from './harness.ts';

const root = fileURLToPath(new URL('../../../fixtures/image-recognition', import.meta.url));
const scenarios = readdirSync(root)
  .filter((name) => existsSync(join(root, name, 'expected.json')))
  .toSorted();

const ExpectedSchema = z.strictObject({
  score: z.number(),
  pending: z.number(),
  max: z.number(),
  status: z.string(),
  outcomes: z.record(z.string(), z.strictObject({ outcome: z.string(), points: z.number() })),
});

describe('the fixture class', () => {
  let work: string;
  let submissions: string;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'labproof-class-'));
    submissions = join(work, 'submissions');
    for (const scenario of scenarios) {
      await cp(join(root, scenario, 'submission'), join(submissions, scenario), {
        recursive: true,
      });
    }
    await grade('graded');
  });
  afterAll(() => rm(work, { recursive: true, force: true }));

  async function grade(name: string, ...options: string[]): Promise<string> {
    const out = join(work, name);
    const { exitCode, err } = await runInProcess(
      ['grade', submissions, '--lab', 'image-recognition', '--out', out, ...options],
      join(work, 'cache'),
    );
    // The class holds one submission that cannot be read at all: a finding.
    expect(exitCode, err).toBe(1);
    return out;
  }

  it('has at least eight submissions', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(8);
  });

  it.each(scenarios)('%s gets exactly the grade that was stated by hand', async (scenario) => {
    const expected = ExpectedSchema.parse(
      JSON.parse(await readFile(join(root, scenario, 'expected.json'), 'utf8')),
    );
    const path = join(work, 'graded', scenario, 'grade.json');
    const grade = GradeSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const outcomes = Object.fromEntries(
      grade.outcomes.map(({ question, outcome, points }) => [question, { outcome, points }]),
    );
    const { score, pending, max, status } = grade;
    expect({ score, pending, max, status, outcomes }).toEqual(expected);
  });

  it('is what docs/thresholds.md says of the marks that moved', async () => {
    const doc = await readFile(new URL('../../../docs/thresholds.md', import.meta.url), 'utf8');
    const [, part = ''] = doc.split('## What it changed in the fixture class');
    const rows = [...part.matchAll(/^\| `([\w-]+)` \| (\d+) \| [^|]+ \| ([^|]+) \|/gmu)];
    expect(rows.length).toBe(3);
    for (const [, scenario = '', question = '', now = ''] of rows) {
      const path = join(work, 'graded', scenario, 'grade.json');
      const { outcomes } = GradeSchema.parse(JSON.parse(await readFile(path, 'utf8')));
      const checks = outcomes.find(({ question: id }) => id === `q${question}`)?.checks ?? [];
      const outcome = checks.find(({ check }) => check === 'metric-in-band')?.outcome;
      expect(outcome).toBe(now === 'a reader' ? 'needs-review' : 'passed');
    }
  });

  it.each(scenarios)('%s is looked over on one screen', async (scenario) => {
    const args = ['check', join(submissions, scenario), '--lab', 'image-recognition'];
    const { out } = await runInProcess(args, join(work, 'cache'));
    expect(out.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    expect(out).toContain('This is no grade');
  });

  it('comes out the same, byte for byte, with one job and on the wasm engine', async () => {
    const first = await readFile(join(work, 'graded', 'grades.json'), 'utf8');
    const other = await grade('again', '--jobs', '1', '--engine', 'wasm');
    expect(await readFile(join(other, 'grades.json'), 'utf8')).toBe(first);
    expect(await readFile(join(other, 'grades.csv'), 'utf8')).toBe(
      await readFile(join(work, 'graded', 'grades.csv'), 'utf8'),
    );
    for (const page of ['index.html', 'excellent/report.html', 'damaged-model/report.html']) {
      expect(await readFile(join(other, page), 'utf8')).toBe(
        await readFile(join(work, 'graded', page), 'utf8'),
      );
    }
  });

  it('has a report a student and one of the class', async () => {
    const page = await readFile(join(work, 'graded', 'index.html'), 'utf8');
    for (const scenario of scenarios) {
      expect(page).toContain(`${scenario}/report.html`);
      expect(existsSync(join(work, 'graded', scenario, 'report.html'))).toBe(true);
    }
    const report = await readFile(join(work, 'graded', 'damaged-model', 'report.html'), 'utf8');
    expect(report).toContain('814120 bytes');
    expect(report).toContain('Save the model again');
  });
});
