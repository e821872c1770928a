import { formatCount, formatList, formatPercent } from '@labproof/submission';
import type { Finding } from './finding.ts';
import { type AlikePair, groupPairs } from './group-pairs.ts';
import { Owners, countPairs } from './owners.ts';
import type { StudentTraits } from './student-traits.ts';

/** Share of the smaller model's units that two models must have in common. */
const LEAST_SHARED = 0.25;
/** Units that more of the class have than this were handed out, not copied. */
const COMMON_SHARE = 0.5;
const COMMON_LEAST = 4;
const PAIRS_SHOWN = 20;

const INNOCENT =
  'The same code with the same seed and version of the framework gives this too, and so does a model that was handed out.';
const NO_CHANCE =
  'never agrees by chance: a unit of n trained float32 weights agrees with another one bit for bit only when they have one origin';

/** Models with the same weights, or with the same units in any order, by exercise. */
export function findSharedWeights(exercise: string, peers: readonly StudentTraits[]): Finding[] {
  const byDigest = new Map<string, string[]>();
  for (const { student, digest } of peers) {
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), student]);
  }
  const identical = [...byDigest.values()].filter((students) => students.length > 1);
  const findings = identical.map((students): Finding => ({
    kind: 'identical-weights',
    students,
    exercise,
    question: null,
    message: `${formatCount(students.length)} submissions hold the very same model for ${exercise}: every weight is equal. ${INNOCENT}`,
    statistic: { name: 'share of equal weights', value: 1, threshold: 1, falseAlarms: NO_CHANCE },
    pairs: [],
    excerpts: [],
  }));
  // One of each set of identical models stands for all of them.
  const single = peers.filter(({ student, digest }) => byDigest.get(digest)?.[0] === student);
  return [...findings, ...findSharedUnits(exercise, single)];
}

function findSharedUnits(exercise: string, models: readonly StudentTraits[]): Finding[] {
  const owners = new Owners();
  for (const [index, { units }] of models.entries()) {
    for (const unit of new Set(units)) owners.add(unit, index);
  }
  const most = Math.max(COMMON_LEAST - 1, Math.floor(models.length * COMMON_SHARE));
  const telling = [...owners.shared()].filter((having) => having.length <= most);
  const pairs: AlikePair[] = [];
  countPairs(telling, models.length, (i, j, count) => {
    const [a, b] = [models[i], models[j]];
    if (a === undefined || b === undefined) return;
    const value = count / Math.min(new Set(a.units).size, new Set(b.units).size);
    if (value >= LEAST_SHARED) pairs.push({ a: a.student, b: b.student, value });
  });
  return groupPairs(pairs).map(({ students, pairs: members }): Finding => {
    const value = members[0]?.value ?? 0;
    return {
      kind: 'same-units',
      students: [...students],
      exercise,
      question: null,
      message:
        value === 1
          ? `The models of ${formatList(students)} for ${exercise} hold the same units in another order: they compute the same, though their files differ. ${INNOCENT}`
          : `Of the units of the models of ${formatList(students)} for ${exercise}, up to ${formatPercent(value, 0)} are equal bit for bit; independent trainings share none. ${INNOCENT}`,
      statistic: {
        name: 'share of units with equal incoming weights and bias, in any order',
        value,
        threshold: LEAST_SHARED,
        falseAlarms: NO_CHANCE,
      },
      pairs: members
        .slice(0, PAIRS_SHOWN)
        .map(({ a, b, value: share }) => ({ students: [a, b], value: share })),
      excerpts: [],
    };
  });
}
