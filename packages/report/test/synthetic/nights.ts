import type { Night, NightExercise } from '../../src/night.ts';
import { numbersFrom, round } from './numbers.ts';

/** The title that pictures of these nights carry, so that nobody takes them for real ones. */
const SYNTHETIC_EXERCISES = ['mnist-mlp-linear', 'mnist-mlp-relu'] as const;

/** Made-up nights from 10 October 2026 on: quiet, then one broken, then the second exercise drifts. */
export function syntheticNights(count: number = 40): Night[] {
  const next = numbersFrom(4);
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 10 + index)).toISOString().slice(0, 10);
    const broken = index === 21;
    const exercises = SYNTHETIC_EXERCISES.map((exercise, which): NightExercise => {
      const drifting = which === 1 && index >= 34;
      const change = round((next() - 0.5) * 0.0016 - (drifting ? 0.0024 : 0), 5);
      const common = { lab: 'synthetic-lab', exercise };
      if (broken && which === 0) {
        return {
          ...common,
          identity: 'broken',
          fixedSeeds: 'not-run',
          freshSeeds: 'not-run',
          details: ['Made up: the dataset could not be read.'],
        };
      }
      return {
        ...common,
        identity: drifting ? 'drifted' : 'ok',
        fixedSeeds: drifting ? 'drifted' : 'ok',
        freshSeeds: drifting && index > 36 ? 'drifted' : 'ok',
        details: drifting
          ? ['Made up: optimizer.learning_rate: 0.001 → 0.01.', `Made up: mean ${change}.`]
          : ['Made up: all as calibrated.'],
        measured: { change, sd: 0.0013, freshPassed: drifting ? 5 : 11, freshTried: 11 },
      };
    });
    const drifted = exercises.some(({ identity }) => identity === 'drifted');
    return { date: day, verdict: broken ? 'broken' : drifted ? 'drifted' : 'ok', exercises };
  });
}
