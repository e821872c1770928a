// Packs every package, installs the tarballs in an empty folder outside the repository, and runs the command there:
// what strangers get must work, and train to the same digest as the checkout.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const work = mkdtempSync(join(tmpdir(), 'labproof-packed-'));
const quiet = ['ignore', 'ignore', 'inherit'];
try {
  const tarballs = join(work, 'tarballs');
  const user = join(work, 'user');
  mkdirSync(tarballs);
  mkdirSync(user);
  execFileSync('npm', ['pack', '--workspaces', '--silent', '--pack-destination', tarballs], {
    stdio: quiet,
  });
  writeFileSync(join(user, 'package.json'), '{"private":true}');
  const packages = readdirSync(tarballs).map((name) => join(tarballs, name));
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages], {
    cwd: user,
    stdio: quiet,
  });

  const command = [
    'run',
    'image-recognition/mnist-mlp-relu',
    '--epochs=1',
    '--limit=3000',
    '--seed=12',
    '--json',
  ];
  const installed = digestOf(join(user, 'node_modules/labproof/bin/labproof.js'), command, user);
  const checkout = digestOf(resolve('packages/cli/bin/labproof.js'), command, resolve('.'));
  console.log(`installed ${installed}\ncheckout  ${checkout}`);
  if (installed !== checkout) throw new Error('the installed command trains to another digest');
} finally {
  rmSync(work, { recursive: true, force: true });
}

function digestOf(bin, command, cwd) {
  const env = { ...process.env, LABPROOF_CACHE: mkdtempSync(join(work, 'cache-')) };
  const output = execFileSync(process.execPath, [bin, ...command], { cwd, env, encoding: 'utf8' });
  return JSON.parse(output).trials[0].digest;
}
