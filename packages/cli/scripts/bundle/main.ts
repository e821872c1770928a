// The last part of `npm run build`: bundles the command into `dist/bundle`, from what was built of all packages.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thisBuild } from '@labproof/core';
import { Labs } from '@labproof/exercises';
import { checkKinds } from '@labproof/grader';
import { BUNDLE_RECORD, bundleRecord } from '../../../core/src/manifests/bundle-record.ts';
import { bundleCommand } from './bundle-command.ts';
import { licencesOf } from './licences.ts';

const packages = fileURLToPath(new URL('../../..', import.meta.url));
const out = join(packages, 'cli/dist/bundle');

rmSync(out, { recursive: true, force: true });
const modules = await bundleCommand(packages, out);
writeFileSync(join(out, 'LICENSES.txt'), licencesOf(modules));
mkdirSync(join(out, 'labs'));
for (const { name, text } of new Labs(checkKinds).keep()) {
  writeFileSync(join(out, 'labs', name), text);
}
// Last: without it there is no bundle.
writeFileSync(join(out, BUNDLE_RECORD), bundleRecord(out, thisBuild().code));
