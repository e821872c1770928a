// `npm run release [-- --out DIR] [-- --prebuilt DIR] [-- --publish [--provenance] [--dry-run]]`: what the owner gives away. Run `npm run build` first.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeRelease } from './make-release.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'release') },
    prebuilt: { type: 'string', default: join(root, 'packages/core/prebuilt') },
    publish: { type: 'boolean', default: false },
    provenance: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
});
const release = makeRelease(root, values);
process.stdout.write(readFileSync(join(values.out, 'SHA256SUMS'), 'utf8'));
process.stdout.write(
  `\nInstalls without any package of ours on a registry: npm install --global ${join(values.out, release.file)}\n`,
);
if (values.publish) {
  // In the order of their dependencies, so that whoever installs meanwhile finds all that a package needs.
  for (const file of release.packages) {
    const options = [
      ...(values.provenance ? ['--provenance'] : []),
      ...(values['dry-run'] ? ['--dry-run'] : []),
    ];
    execFileSync('npm', ['publish', join(values.out, file), '--access', 'public', ...options], {
      stdio: 'inherit',
    });
  }
}
