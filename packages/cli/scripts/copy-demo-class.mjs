// Before packing: puts the fixture class beside the command, so that `labproof demo` works where it is installed.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const fixtures = fileURLToPath(new URL('../../../fixtures/image-recognition', import.meta.url));
const target = fileURLToPath(new URL('../demo-class', import.meta.url));
rmSync(target, { recursive: true, force: true });
for (const scenario of readdirSync(fixtures)) {
  const submission = join(fixtures, scenario, 'submission');
  if (!existsSync(submission)) continue;
  mkdirSync(join(target, scenario), { recursive: true });
  cpSync(submission, join(target, scenario, 'submission'), { recursive: true });
}
