import { LabproofError, verifyExercise } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { renderDriftPage } from '../src/pages/drift-page.ts';
import { worstVerdict } from '../src/parts/answers/verdict.ts';
import { type Night, NightSchema, type NightVerdict, parseNights } from '../src/night.ts';
import { standingOf } from '../src/standing.ts';
import { inspectHtml, visibleText } from './synthetic/inspect-html.ts';
import { reluTrials, syntheticLab as lab } from './synthetic/lab.ts';
import { syntheticNights } from './synthetic/nights.ts';

const nights = syntheticNights();
const labs = [{ ...lab, id: 'synthetic-lab' }];
const html = renderDriftPage({ nights, labs });

describe('the page of the nights', () => {
  it('begins with the last night and names what drifted', () => {
    const text = visibleText(html);
    expect(text).toContain('40 nights');
    expect(text).toContain('2026-10-10 to 2026-11-18');
    expect(text).toContain('The last night, 2026-11-18');
    const calendar = html.indexOf('id="nights"');
    expect(html.slice(0, calendar)).toContain('Drifted');
    expect(text).toContain('optimizer.learning_rate: 0.001 → 0.01');
  });

  it('tells each verdict by a word and a mark, never by colour alone', () => {
    expect(html).toMatch(/▲<\/span\s*><span class="hidden">Drifted/);
    expect(html).toMatch(/✕<\/span\s*><span class="hidden">Broken/);
  });

  it('draws how far the fixed seeds moved, one chart an exercise', () => {
    expect(html.match(/id="drift-\d-title"/g)).toHaveLength(2);
    expect(visibleText(html)).toContain('6 nights left the range of one');
  });

  it('does without numbers where a night has none', () => {
    const bare = nights.map(({ exercises, ...night }) => ({
      ...night,
      exercises: exercises.map(({ lab, exercise, identity, fixedSeeds, freshSeeds, details }) => ({
        lab,
        exercise,
        identity,
        fixedSeeds,
        freshSeeds,
        details,
      })),
    }));
    expect(renderDriftPage({ nights: bare, labs })).not.toContain('id="drift"');
  });

  it('is there before the first night, and with one', () => {
    expect(visibleText(renderDriftPage({ nights: [], labs }))).toContain('No night has been run');
    const single = renderDriftPage({ nights: nights.slice(0, 1), labs });
    expect(visibleText(single)).toContain('1 night');
    expect(single).not.toContain('class="calendar"');
  });

  it('does not depend on the order of the nights, and counts a date once', () => {
    const again = [...nights.toReversed(), ...nights];
    expect(renderDriftPage({ nights: again, labs })).toBe(html);
  });

  it('puts together what was run in several goes on one date', () => {
    const apart = nights.flatMap(({ exercises, ...night }) =>
      exercises.map((exercise) => ({ ...night, verdict: 'ok' as const, exercises: [exercise] })),
    );
    expect(renderDriftPage({ nights: apart, labs })).toBe(html);
  });

  it('runs nothing, loads nothing, and escapes what a detail says', () => {
    const [night] = nights.slice(-1);
    if (night === undefined) throw new RangeError('no night');
    const hostile = {
      ...night,
      exercises: night.exercises.map((exercise) => ({
        ...exercise,
        exercise: '"><script>x</script>',
        details: ['<img src=http://example.org/x onerror=y>'],
      })),
    };
    for (const page of [
      html,
      renderDriftPage({ nights: [hostile, ...nights.slice(0, 2)], labs }),
    ]) {
      const { active, handlers, addresses, ids } = inspectHtml(page);
      expect([...active, ...handlers, ...addresses]).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('how the labs stand', () => {
  const night = (
    date: string,
    full: boolean | undefined,
    verdicts: { identity: NightVerdict; fixedSeeds?: NightVerdict; freshSeeds?: NightVerdict },
    exercise = 'mnist-mlp-relu',
  ): Night => ({
    date,
    verdict: 'ok',
    ...(full === undefined ? {} : { full }),
    exercises: [
      {
        lab: 'synthetic-lab',
        exercise,
        fixedSeeds: 'not-run',
        freshSeeds: 'not-run',
        ...verdicts,
        details: [`said on ${date}`],
      },
    ],
  });
  const red = { identity: 'ok', fixedSeeds: 'drifted', freshSeeds: 'drifted' } as const;
  const green = { identity: 'ok', fixedSeeds: 'ok', freshSeeds: 'ok' } as const;
  const quick = { identity: 'ok' } as const;
  const verdictOf = (...nights: Night[]): string => standingOf(nights, labs).verdict;

  it('is what the last full night found, whatever quick ones saw since', () => {
    expect(verdictOf(night('2026-11-01', true, red))).toBe('drifted');
    expect(verdictOf(night('2026-11-01', true, red), night('2026-11-02', false, quick))).toBe(
      'drifted',
    );
    expect(
      verdictOf(
        night('2026-11-01', true, red),
        night('2026-11-02', false, quick),
        night('2026-11-03', true, green),
      ),
    ).toBe('ok');
    // On one date the later one in the list is the later one.
    expect(verdictOf(night('2026-11-01', true, red), night('2026-11-01', false, quick))).toBe(
      'drifted',
    );
    expect(
      verdictOf(
        night('2026-11-01', true, green),
        night('2026-11-02', false, { identity: 'drifted' }),
      ),
    ).toBe('drifted');
  });

  it('knows full nights of former versions by what they looked at, and leaves out what is gone', () => {
    const nights = [night('2026-11-01', undefined, red), night('2026-11-02', undefined, quick)];
    const { verdict, open, lastFull } = standingOf(nights, labs);
    expect({ verdict, lastFull }).toEqual({ verdict: 'drifted', lastFull: '2026-11-01' });
    expect(open.map(({ date, full, exercise }) => [date, full, exercise.exercise])).toEqual([
      ['2026-11-01', true, 'mnist-mlp-relu'],
    ]);
    expect(verdictOf(night('2026-11-01', true, red, 'taken-out'))).toBe('not-run');
    expect(standingOf([night('2026-11-01', true, red, 'taken-out')], []).verdict).toBe('drifted');
    // What a time limit left out has said nothing.
    const left = night('2026-11-03', true, { identity: 'not-run' });
    expect(verdictOf(...nights, left)).toBe('drifted');
  });

  it('heads the page, which names what is open and since when', () => {
    const page = renderDriftPage({
      nights: [night('2026-11-01', true, red), night('2026-11-02', false, quick)],
      labs,
    });
    const head = page.slice(page.indexOf('class="score"'), page.indexOf('id="last"'));
    expect(visibleText(head)).toContain('Drifted');
    const text = visibleText(page.slice(page.indexOf('id="open"'), page.indexOf('id="nights"')));
    expect(text).toContain('2026-11-01');
    expect(text).toContain('said on 2026-11-01');
    // A calendar's cell of a date on which both were run is not green either.
    const both = renderDriftPage({
      nights: [night('2026-11-01', true, red), night('2026-11-01', false, quick)],
      labs,
    });
    expect(
      visibleText(both.slice(both.indexOf('id="last"'), both.indexOf('id="reading"'))),
    ).toContain('Drifted');
  });
});

describe('the verdict on an exercise', () => {
  it('is the loudest of the three', () => {
    const one = { lab: 'l', exercise: 'e', details: [] };
    const of = (identity: 'ok' | 'not-run', freshSeeds: 'ok' | 'drifted' | 'broken' | 'not-run') =>
      worstVerdict({ ...one, identity, fixedSeeds: 'not-run', freshSeeds });
    expect([
      of('ok', 'not-run'),
      of('ok', 'drifted'),
      of('ok', 'broken'),
      of('not-run', 'not-run'),
    ]).toEqual(['ok', 'drifted', 'broken', 'not-run']);
    const fine = { ...one, identity: 'ok', fixedSeeds: 'ok', freshSeeds: 'ok' } as const;
    expect(worstVerdict({ ...fine, calibration: 'drifted', evaluation: 'ok' })).toBe('drifted');
    expect(worstVerdict({ ...fine, calibration: 'ok', evaluation: 'broken' })).toBe('broken');
  });
});

describe('a history of nights', () => {
  it('is read line by line', () => {
    const text = `${nights.map((night) => JSON.stringify(night)).join('\n')}\n\n`;
    expect(parseNights(text)).toEqual(JSON.parse(JSON.stringify(nights)));
  });

  it('names the line that is none', () => {
    const text = `${JSON.stringify(nights[0])}\n{"date":"yesterday"}\n`;
    expect(() => parseNights(text)).toThrow(LabproofError);
    expect(() => parseNights(text)).toThrow(/Line 2 .*date/);
    expect(() => parseNights('[')).toThrow(/Line 1/);
  });

  it('takes what a verification gives, numbers included', async () => {
    const exercise = lab.exercises[1];
    if (exercise?.bands == null) throw new RangeError('no bands');
    const verified = await verifyExercise({
      lab: lab.id,
      exercise,
      manifest: null,
      files: { bands: 'bands.json', manifest: 'manifest.json' },
      data: {
        dataset: exercise.recipe.dataset,
        digest: exercise.bands.dataDigest,
        classes: exercise.bands.classes ?? [],
        trainImages: '',
        trainLabels: '',
        testImages: '',
        testLabels: '',
      },
      full: true,
      freshSeed: 1,
      train: (_, seeds) =>
        Promise.resolve(
          seeds.flatMap((seed) => {
            const known = reluTrials.find((trial) => trial.seed === ((seed - 1) % 10) + 1);
            return known === undefined ? [] : [{ ...known, seed }];
          }),
        ),
    });
    const night = { date: '2026-11-21', verdict: 'ok', exercises: [verified] };
    const [read] = parseNights(JSON.stringify(night));
    expect(NightSchema.parse(night).exercises[0]).toEqual(verified);
    expect(read?.exercises[0]?.measured).toMatchObject({ change: 0, freshTried: 11 });
  });
});
