// `npm run kernel-sizes`: writes into docs/engines.md how large the packages of prebuilt kernels are, as npm packs those that
// `npm run build:prebuilt -w packages/core` has left.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { kernelPackages } from '../release/kernel-packages.ts';
import { sizesTable, withSizes } from './table.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const page = join(root, 'docs/engines.md');
const Packed = z.array(z.object({ size: z.int(), unpackedSize: z.int() })).length(1);

const work = mkdtempSync(join(tmpdir(), 'labproof-kernel-sizes-'));
try {
  const prebuilt = join(root, 'packages/core/prebuilt');
  const packages = kernelPackages({ root, prebuilt, version: '0.0.0' }, work);
  if (packages.length === 0) throw new Error('npm run build:prebuilt -w packages/core first');
  const sizes = packages.map(({ name, folder }) => {
    const json = execFileSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [packed] = Packed.parse(JSON.parse(json));
    if (packed === undefined) throw new Error(`npm packs nothing of ${name}`);
    return { name, download: packed.size, installed: packed.unpackedSize };
  });
  writeFileSync(page, withSizes(readFileSync(page, 'utf8'), sizesTable(sizes)));
} finally {
  rmSync(work, { recursive: true, force: true });
}
