// Lists every permanent error code with its owner and the files that make it: `npm run error-codes`.
import { readSources } from './read-sources.ts';
import { scanSources } from './scan.ts';

const { sites, unclear } = scanSources(await readSources());
for (const code of [...new Set(sites.map((site) => site.code))].toSorted()) {
  const made = sites.filter((site) => site.code === code);
  const owners = [...new Set(made.map(({ owner }) => owner ?? 'student'))].join(', ');
  const files = [...new Set(made.map(({ file }) => file))].join(' ');
  process.stdout.write(`${code}\t${owners}\t${files}\n`);
}
for (const place of unclear) process.stderr.write(`no code can be read here: ${place}\n`);
