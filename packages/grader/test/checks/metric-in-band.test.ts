import { describe, expect, it } from 'vitest';
import { lab } from '../../../submission/test/support/lab.ts';
import {
  modelFiles,
  network,
  seeingWeights,
  text,
} from '../../../submission/test/support/models.ts';
import { check, graded, submission, summary } from '../support/whole-submission.ts';

describe('metric-in-band', () => {
  it('explains the bound with n, coverage and confidence', async () => {
    const { evidence } = check(await graded(submission()), 'q4', 'metric-in-band');
    expect(evidence).toContainEqual(
      expect.objectContaining({
        kind: 'bound',
        side: 'lower',
        value: 0.88,
        n: 10,
        coverage: 0.95,
        confidence: 0.95,
      }),
    );
  });

  describe('with a zone around the bound', () => {
    /** The model of the submission reaches 0.9. */
    async function decided(
      marks: { value: number; lostBelow: number; sureFrom: number; stuck?: number },
      between: 'reader' | 'half',
    ): Promise<ReturnType<typeof check>> {
      const { value, lostBelow, sureFrom, stuck } = marks;
      const zone = {
        lostBelow,
        sureFrom,
        between,
        honestOneIn: 200,
        worse: { shiftSd: 4, oneIn: 5 },
      };
      const exercises = lab.exercises.map((exercise) => {
        if (exercise.bands === null) return exercise;
        const { test } = exercise.bands;
        const accuracyLower = {
          ...test.accuracyLower,
          value,
          zone,
          ...(stuck === undefined ? {} : { stuck }),
        };
        return { ...exercise, bands: { ...exercise.bands, test: { ...test, accuracyLower } } };
      });
      return check(await graded(submission(), { ...lab, exercises }), 'q4', 'metric-in-band');
    }

    it('gives everything above it and nothing below', async () => {
      expect(
        await decided({ value: 0.88, lostBelow: 0.87, sureFrom: 0.9 }, 'reader'),
      ).toMatchObject({ outcome: 'passed' });
      expect(await decided({ value: 0.95, lostBelow: 0.91, sureFrom: 0.95 }, 'half')).toMatchObject(
        {
          outcome: 'failed',
          points: 0,
          message: expect.stringContaining('Below 91.00'),
        },
      );
    });

    it.each([
      [
        'a mark that it misses by little',
        { value: 0.905, lostBelow: 0.89, sureFrom: 0.905 },
        /at most 1 in 200 honest runs misses/u,
      ],
      [
        'a mark that a worse model may reach',
        { value: 0.88, lostBelow: 0.88, sureFrom: 0.91 },
        /more than 1 in 5 models that are 4 standard deviations worse/u,
      ],
      [
        'runs that got stuck',
        { value: 0.95, lostBelow: 0.5, sureFrom: 0.95, stuck: 4 },
        /4 of 10 reference runs of this recipe got stuck/u,
      ],
    ])('leaves %s to a reader, or gives half, as the lab says', async (_, marks, why) => {
      expect(await decided(marks, 'reader')).toMatchObject({
        outcome: 'needs-review',
        points: null,
        message: expect.stringMatching(why),
      });
      const half = await decided(marks, 'half');
      expect(half).toMatchObject({
        outcome: 'partial',
        message: expect.stringMatching(/half of the points are given/u),
      });
      expect(half.points).toBe(half.max / 2);
    });
  });

  it('tells whoever is not given the point where the model lies, and who reaches the mark', async () => {
    const texts = async (value: number, to: typeof lab = lab): Promise<string[]> => {
      const exercises = to.exercises.map((exercise) => {
        if (exercise.bands === null) return exercise;
        const { test } = exercise.bands;
        const accuracyLower = { ...test.accuracyLower, value };
        const trials = Array.from({ length: 10 }, (_, at) => ({
          seed: at + 1,
          digest: '',
          loss: 0.2,
          accuracy: 0.94 + at / 1000,
        }));
        const bands = { ...exercise.bands, trials, test: { ...test, accuracyLower } };
        return { ...exercise, bands };
      });
      const grade = await graded(submission(), { ...to, exercises });
      const { evidence } = check(grade, 'q4', 'metric-in-band');
      return evidence.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    };
    expect(await texts(0.88)).toEqual([]);
    const [where = '', who = ''] = await texts(0.95);
    expect(where).toMatch(/^1\d\.\d standard deviations below the mean of runs/u);
    expect(where).toContain('all 10 reference runs lie between');
    expect(who).toMatch(/ % \(.* % to .* %\) of honest runs; of models 1 sd worse /u);
    expect(who).toContain('what 10 runs leave open');
  });

  it('fails below the bound and recognises a model that only guesses', async () => {
    const content = submission();
    const zero = seeingWeights().map((array) => array.fill(0));
    for (const [path, bytes] of modelFiles('models/squares-linear', network('linear'), zero))
      content.set(path, bytes);
    const { outcome, points, advice } = check(await graded(content), 'q4', 'metric-in-band');
    expect([outcome, points]).toEqual(['failed', 0]);
    expect(advice).toContain('close to guessing');
  });

  it('reports NaN weights instead of failing on them', async () => {
    const content = submission();
    const weights = seeingWeights().map((array) => array.fill(Number.NaN));
    for (const [path, bytes] of modelFiles('models/squares-linear', network('linear'), weights))
      content.set(path, bytes);
    const grade = await graded(content);
    expect(check(grade, 'q4', 'metric-in-band')).toMatchObject({
      outcome: 'failed',
      points: 0,
      message: expect.stringContaining('163 of the 163 weights'),
    });
    expect(check(grade, 'q4', 'architecture').outcome).toBe('passed');
    expect(summary(grade)[5]).toBe('q6 passed 2');
  });

  it('leaves to a person what was never measured, with the accuracy, and decides the rest', async () => {
    const exercises = lab.exercises.map((exercise) => Object.assign({}, exercise, { bands: null }));
    const grade = await graded(submission(), { ...lab, exercises });
    expect(check(grade, 'q4', 'metric-in-band')).toMatchObject({
      outcome: 'needs-review',
      points: null,
      message: expect.stringMatching(
        /classifies 90\.00\s% .* No reference runs of squares-linear/u,
      ),
      advice: expect.stringContaining('labproof calibrate'),
      evidence: [{ kind: 'measurement', unit: 'accuracy', value: 0.9 }, { unit: 'count' }],
    });
    expect(check(grade, 'q4', 'architecture').outcome).toBe('passed');
    const decided = await graded(submission());
    const points = check(decided, 'q4', 'metric-in-band').max;
    expect(grade).toMatchObject({
      status: 'needs-review',
      score: (decided.score ?? 0) - points,
      pending: decided.pending + points,
    });
  });

  it('uses a declared scaling and proposes one that fits', async () => {
    const content = submission();
    // Trained on raw pixels: a bias that only bytes can overcome.
    const [kernel = new Float32Array(), , output = new Float32Array(), last = new Float32Array()] =
      seeingWeights();
    const raw = [kernel, new Float32Array(8).fill(-100), output.map((value) => value / 4), last];
    for (const [path, bytes] of modelFiles('models/squares-linear', network('relu'), raw))
      content.set(path, bytes);
    const undeclared = check(await graded(content), 'q4', 'metric-in-band');
    expect(undeclared.outcome).toBe('failed');
    expect(undeclared.advice).toContain('"squares-linear": "raw"');
    content.set('submission.json', text('{"student": "jo", "scale": {"squares-linear": "raw"}}'));
    const grade = await graded(content);
    expect(check(grade, 'q4', 'metric-in-band').outcome).toBe('passed');
    expect(grade.models[0]?.evaluation?.scale).toBe('raw');
  });
});
