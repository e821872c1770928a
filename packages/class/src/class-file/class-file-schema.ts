import { z } from 'zod';
import { EXPORT_FORMATS } from '../gradebook/export-grades.ts';
import { MOODLE_KEYS } from '../gradebook/moodle.ts';
import { LatePolicySchema } from '../lateness/late-policy.ts';
import { RETURN_FORMATS } from '../returns/return-place.ts';
import { parseInstant } from '../tables/instant.ts';

/** What a class is graded with, in the folder of its results. */
export const CLASS_FILE = 'class.yaml';

/** The variable of the environment that may hold the secret of hidden images. */
export const SECRET_VARIABLE = 'LABPROOF_HIDDEN_SEED';

const Path = z.string().min(1);
const Late = LatePolicySchema.refine(({ due }) => parseInstant(due, null) !== null, {
  path: ['due'],
  message:
    '"due" is no date and time with an offset from UTC or a time zone, like 2026-11-20T23:59+01:00 or 2026-11-20T23:59[Europe/Berlin]',
});
const Paths = z.union([Path, z.array(Path).min(1)]);

/** A class as its file says it: paths are seen from the folder of the file. */
export const ClassFileSchema = z.strictObject({
  lab: z.string().min(1),
  /** Folders with labs of one's own. */
  labs: Paths.optional(),
  submissions: Paths,
  /** The folder of the results; the file's own unless told. */
  out: Path.optional(),
  roster: Path.optional(),
  /** A file with the policy, or the policy itself. */
  late: z.union([Path, Late]).optional(),
  times: Path.optional(),
  /** Where the secret of hidden images is. Never the secret. */
  secret: z.union([Path, z.strictObject({ environment: z.literal(SECRET_VARIABLE) })]).optional(),
  limits: Path.optional(),
  /** Seconds for a submission. */
  timeLimit: z.int().positive().optional(),
  /** MiB for a grading process. */
  memoryLimit: z.int().positive().optional(),
  pdf: z.boolean().optional(),
  /** What `export` and `return` write. */
  format: z.enum([...new Set([...EXPORT_FORMATS, ...RETURN_FORMATS])]).optional(),
  gradebook: Path.optional(),
  column: z.string().min(1).optional(),
  key: z.enum(Object.keys(MOODLE_KEYS) as [keyof typeof MOODLE_KEYS]).optional(),
});
export type ClassSettings = z.infer<typeof ClassFileSchema>;

/** The name of a setting. */
export type ClassField = keyof ClassSettings;

/** Which settings are paths, or lists of them. */
const PATHS: readonly ClassField[] = [
  'labs',
  'submissions',
  'out',
  'roster',
  'late',
  'times',
  'secret',
  'limits',
  'gradebook',
];

/** Applies a function to every path among some settings. */
export function mapPaths<S extends Partial<ClassSettings>>(
  settings: S,
  change: (path: string) => string,
): S {
  const changed = Object.entries(settings).map(([field, value]) => {
    if (!PATHS.some((name) => name === field)) return [field, value];
    if (typeof value === 'string') return [field, change(value)];
    return [field, Array.isArray(value) ? value.map((item) => change(String(item))) : value];
  });
  return Object.fromEntries(changed) as S;
}
