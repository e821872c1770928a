import { expect, it } from 'vitest';
import { z } from 'zod';
import { issuesText } from '../src/errors/schema-words.ts';

const Schema = z.strictObject({
  due: z.string(),
  per: z.enum(['once', 'day']).optional(),
  most: z.int().min(1).optional(),
  deduct: z.strictObject({ amount: z.number().max(100) }).optional(),
  either: z.union([z.literal('all'), z.object({ files: z.array(z.string()).min(1) })]).optional(),
});

it.each([
  [{}, '"due" is missing'],
  [{ due: 5 }, '"due" must be a text'],
  [{ due: '', foo: 1, bar: 2 }, 'there is no field "foo", there is no field "bar"'],
  [{ due: '', per: 'week' }, '"per" must be one of once, day'],
  [{ due: '', most: 0 }, '"most" must be at least 1'],
  [{ due: '', most: 1.5 }, '"most" must be a whole number'],
  [
    { due: '', deduct: { amount: 101, of: 'x' } },
    '"deduct.amount" must be at most 100; there is no field "of" in "deduct"',
  ],
  [{ due: '', either: { files: [] } }, '"either.files" must have at least 1 item'],
  [[], 'the whole must be a group of fields'],
])('says of %j that %s', (value, words) => {
  const parsed = Schema.safeParse(value);
  expect(issuesText(parsed.error?.issues ?? [])).toBe(words);
});
