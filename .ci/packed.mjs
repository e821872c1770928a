// Packs every package, installs the tarballs in an empty folder outside the repository, and runs the command there:
// what strangers get must work, and train to the same digest as the checkout.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { plantedFolder } from './planted.mjs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const work = mkdtempSync(join(tmpdir(), 'labproof-packed-'));
const quiet = ['ignore', 'ignore', 'inherit'];
try {
  const tarballs = join(work, 'tarballs');
  const user = join(work, 'user');
  mkdirSync(tarballs);
  mkdirSync(user);
  execFileSync(
    'npm',
    ['pack', '--workspace=packages', '--silent', '--pack-destination', tarballs],
    {
      stdio: quiet,
    },
  );
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
  runsNothingPlanted(join(user, 'node_modules/labproof/bin/labproof.js'));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Here TensorFlow.js is not installed, as for most: code that a student planted would be taken in its place. */
function runsNothingPlanted(bin) {
  const { eve, marks, environment } = plantedFolder(work);
  const lab = ['--lab', 'image-recognition'];
  const commands = [
    [eve, 'doctor'],
    [eve, 'inspect', 'models/mnist-mlp-linear/model.json'],
    [eve, 'check', '.', ...lab],
    [eve, 'grade', '.', ...lab, '--out', join(work, 'graded-one'), '--pdf'],
    [join(eve, '..'), 'grade', '.', ...lab, '--out', join(work, 'graded-class'), '--pdf'],
    [join(eve, '..'), 'report', join(work, 'graded-class'), '--pdf'],
    [eve, 'export', join(work, 'graded-class'), '--format', 'csv'],
  ];
  for (const [cwd, ...args] of commands) {
    const { status, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...environment, LABPROOF_CACHE: join(work, 'planted-cache') },
    });
    console.log(`planted code, ${args[0]}: exit ${status}, ${readdirSync(marks).length} runs`);
    if (status === null) throw new Error(`${args.join(' ')} did not end: ${stderr}`);
  }
  if (!existsSync(join(work, 'graded-class', 'grades.json')))
    throw new Error('no class was graded');
  const runs = readdirSync(marks);
  // What was planted would run if it were loaded: it does where somebody names the folder.
  const [cwd, ...args] = [...commands[1], '--tensorflow', eve];
  spawnSync(process.execPath, [bin, ...args], { cwd });
  if (readdirSync(marks).length === 0) throw new Error('the planted code cannot run at all');
  if (runs.length > 0) throw new Error(`code of a student was run: ${runs.join(', ')}`);
}

function digestOf(bin, command, cwd) {
  const env = { ...process.env, LABPROOF_CACHE: mkdtempSync(join(work, 'cache-')) };
  const output = execFileSync(process.execPath, [bin, ...command], { cwd, env, encoding: 'utf8' });
  return JSON.parse(output).trials[0].digest;
}
