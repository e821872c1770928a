import { readFileSync } from 'node:fs';
import type { Lab } from '@labproof/lab';
import { z } from 'zod';

const ManifestSchema = z.object({ trials: z.array(z.unknown()) });

/** Of which exercises whole trials are signed off, and of which an excerpt alone; none while nothing is measured. */
export function signOffText({ id: lab, exercises }: Lab): string[] {
  const measured = exercises.flatMap(({ id, bands }) =>
    bands === null ? [] : [{ name: `\`${id}\``, whole: wholeTrials(lab, id) }],
  );
  const without = measured.filter(({ whole }) => whole === 0).map(({ name }) => name);
  if (without.length === 0 || measured.length === 0) return [];
  const most = measured.length === without.length ? 'every exercise' : without.join(', ');
  return [
    `Of ${most} the excerpt is signed off, and of every trial how it ended, but not its epochs: [what a night then knows, and what not](../../../../docs/nightly.md#without-whole-trials).`,
  ];
}

function wholeTrials(lab: string, exercise: string): number {
  const file = new URL(`../../labs/${lab}/manifests/${exercise}.json`, import.meta.url);
  return ManifestSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).trials.length;
}
