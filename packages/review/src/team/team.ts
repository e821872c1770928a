import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { issuesText, reasonOf } from '@labproof/core';
import { readCsvAsWritten } from '@labproof/class';
import { parse } from 'yaml';
import { z } from 'zod';
import { reviewError } from '../errors.ts';
import { ReaderNameSchema, SPREADSHEET } from '../marks/event.ts';

/** Who reads, and what they may. */
export interface Reader {
  readonly name: string;
  /** The lead sees everybody's marks, decides, and may lift the blindness. */
  readonly role: 'lead' | 'reader';
  /** Whether answers are dealt to them. */
  readonly reads: boolean;
  /** SHA-256 of the reader's token; the token itself is only with the reader. */
  readonly tokenDigest: string;
}

export interface Team {
  readonly readers: readonly Reader[];
  /** Whether a reader has a share of the students in every question, or questions as a whole. */
  readonly by: 'share' | 'question';
  /** The share of answers that are marked twice. */
  readonly twice: number;
  /** Draws orders, shares and second marks. */
  readonly seed: string;
}

const ReaderSchema = z.strictObject({
  name: ReaderNameSchema.refine((name) => name !== SPREADSHEET, {
    message: `"${SPREADSHEET}" is who reviews.csv speaks for; use another name`,
  }),
  role: z.enum(['lead', 'reader']).default('reader'),
  reads: z.union([z.boolean(), z.stringbool()]).optional(),
  token: z.string().regex(/^sha256:[0-9a-f]{64}$/u, {
    message: 'is no digest of a token; "labproof review invite NAME" makes one',
  }),
});

const TeamSchema = z.strictObject({
  readers: z.array(ReaderSchema).min(1),
  by: z.enum(['share', 'question']).default('share'),
  twice: z.number().min(0).max(1).default(0.05),
  seed: z.union([z.string(), z.number()]).default('1').transform(String),
});

/** Reads a team from YAML (or JSON), or its readers from a CSV with the columns name, role and token. Throws an instructor's error. */
export function readTeam(path: string): Team {
  const parsed = TeamSchema.safeParse(
    path.toLowerCase().endsWith('.csv') ? { readers: readersIn(path) } : documentIn(path),
  );
  const problems = parsed.success
    ? problemsOf(parsed.data.readers)
    : [issuesText(parsed.error.issues)];
  if (!parsed.success || problems.length > 0) throw invalid(path, problems.join('; '));
  const { readers, ...rest } = parsed.data;
  return {
    ...rest,
    readers: readers.map(({ token, reads, ...reader }) => ({
      ...reader,
      reads: reads ?? (reader.role === 'reader' || readers.length === 1),
      tokenDigest: token.slice('sha256:'.length),
    })),
  };
}

/** A team of one, who leads; the digest is of a token made for this run. */
export function teamOfOne(name: string, tokenDigest: string): Team {
  return {
    readers: [{ name, role: 'lead', reads: true, tokenDigest }],
    by: 'share',
    twice: 0,
    seed: '1',
  };
}

/** A token that nobody guesses: 32 random bytes, fit for an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function digestOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whose token it is; compared in constant time. */
export function readerWith(team: Team, token: string): Reader | null {
  const digest = Buffer.from(digestOfToken(token));
  return (
    team.readers.find(({ tokenDigest }) => timingSafeEqual(Buffer.from(tokenDigest), digest)) ??
    null
  );
}

function problemsOf(readers: readonly z.infer<typeof ReaderSchema>[]): string[] {
  const twice = (values: readonly string[]): string[] =>
    values.filter((value, at) => values.indexOf(value) !== at);
  return [
    ...twice(readers.map(({ name }) => name.toLowerCase())).map(
      (name) => `"${name}" is there twice`,
    ),
    ...twice(readers.map(({ token }) => token)).map(() => 'two readers have one token'),
    ...(readers.some(({ role }) => role === 'lead') ? [] : ['nobody has the role lead']),
    ...(readers.length === 1 || readers.some(({ role, reads }) => reads ?? role === 'reader')
      ? []
      : ['nobody reads']),
  ];
}

function readersIn(path: string): unknown[] {
  const { header, rows } = readCsvAsWritten(path);
  const names = header.map((cell) => cell.trim().toLowerCase());
  return rows.map((row) =>
    Object.fromEntries(
      names.flatMap((name, at) => {
        const cell = (row[at] ?? '').trim();
        return cell === '' ? [] : [[name, cell]];
      }),
    ),
  );
}

function documentIn(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw invalid(path, reasonOf(error));
  }
}

function invalid(path: string, why: string): Error {
  return reviewError('team-invalid', {
    message: `${path} is no team: ${why}.`,
    fix: 'List readers with name, role (lead or reader) and token; "labproof review invite NAME" writes such an entry.',
  });
}
