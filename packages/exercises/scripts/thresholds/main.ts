// Writes the tables of docs/thresholds.md: `npm run thresholds -w packages/exercises`.
import { readFile, writeFile } from 'node:fs/promises';
import { withTables } from './tables.ts';

const page = new URL('../../../../docs/thresholds.md', import.meta.url);
await writeFile(page, withTables(await readFile(page, 'utf8')));
