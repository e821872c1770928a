import { LabproofError, verifyExercise } from '@labproof/core';
import { describe, expect, it } from 'vitest';
import { renderDriftPage } from '../src/pages/drift-page.ts';
import { worstVerdict } from '../src/parts/answers/verdict.ts';
import { NightSchema, parseNights } from '../src/night.ts';
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
      dataDigest: exercise.bands.dataDigest,
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
