import type { Grade } from '@labproof/grader';
import { attacksOn, attackText } from './attacks.ts';
import { contradicting, syntheticGrade } from './grades.ts';

/** A made-up grade in which everything that a student or a file can say is an attack. */
export function attackedGrade(host: string, file?: string): Grade {
  const attacks = attacksOn(host, file);
  const at = (index: number): string => attacks[index % attacks.length] ?? '';
  const text = attackText(host, file);
  const grade = syntheticGrade(contradicting);
  return {
    ...grade,
    student: `../${at(17)}`,
    name: at(18),
    files: attacks.map((path, index) => ({
      path,
      role: index % 2 === 0 ? 'answers' : 'ignored',
      matched: [at(index + 1)],
      why: at(index + 2),
    })),
    answers: [
      { question: null, heading: at(17), text },
      { question: 'q2', heading: at(0), text },
    ],
    models: grade.models.map((model) => ({
      ...model,
      path: at(17),
      layers: model.layers.map((layer) => ({
        ...layer,
        class: at(2),
        name: at(1),
        config: { ...layer.config, activation: at(18), units: at(0) },
      })),
    })),
    outcomes: grade.outcomes.map((outcome) => ({
      ...outcome,
      message: at(0),
      checks: outcome.checks.map((check) => ({
        ...check,
        message: at(17),
        advice: at(1),
        evidence: [
          { kind: 'text' as const, label: at(18), text },
          { kind: 'difference' as const, label: at(0), expected: at(1), found: at(2) },
          { kind: 'image' as const, path: at(17), width: 1, height: 1, blank: true },
          ...check.evidence,
        ],
      })),
    })),
  };
}
