import type { Lab } from '@labproof/lab';

/** A sentence on what the trials of a lab's bands took, on each kind of machine; none while nothing is measured. */
export function calibrationCost(lab: Lab): string[] {
  const seconds = new Map<string, number>();
  for (const { bands } of lab.exercises) {
    if (bands === null) continue;
    const { processor = 'unknown processor', engine = 'unknown engine' } = bands.environment;
    const machine = `${processor}, ${engine} engine`;
    const taken = bands.n * bands.epochs.length * bands.secondsPerEpoch.mean;
    seconds.set(machine, (seconds.get(machine) ?? 0) + taken);
  }
  if (seconds.size === 0) return [];
  const parts = [...seconds].map(([machine, taken]) => `${duration(taken)} (${machine})`);
  return [`One after the other, these trials took ${parts.join(' and ')}.`];
}

/** About how long something takes. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(0)} seconds`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${minutes.toFixed(0)} minutes` : `${(minutes / 60).toFixed(1)} hours`;
}
