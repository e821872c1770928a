// Makes a release, installs its one tarball in an empty folder outside the repository, with no compiler at hand, and runs
// the command there: what strangers get must work, compute with the kernels that it brings along, train to the same digest
// as the checkout, and give itself on.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { kernelPlatform } from '../packages/core/dist/engines/prebuilt.js';
import { sourcesDigest } from '../packages/core/dist/engines/sources-digest.js';
import { plantedFolder } from './planted.mjs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const work = mkdtempSync(join(tmpdir(), 'labproof-packed-'));
const quiet = ['ignore', 'ignore', 'inherit'];
try {
  const release = join(work, 'release');
  const user = join(work, 'user');
  mkdirSync(user);
  execFileSync(
    process.execPath,
    [
      '--conditions=@labproof/source',
      '--import',
      'tsx',
      'packages/cli/scripts/release/main.ts',
      '--out',
      release,
      '--prebuilt',
      kernels(),
    ],
    { stdio: quiet },
  );
  const { file } = JSON.parse(readFileSync(join(release, 'release.json'), 'utf8'));
  installs(user, join(release, file));

  const command = [
    'run',
    'image-recognition/mnist-mlp-relu',
    '--epochs=1',
    '--limit=3000',
    '--seed=12',
    '--json',
  ];
  const bin = join(user, 'node_modules/labproof/bin/labproof.js');
  computesNatively(bin);
  const installed = digestOf(bin, [...command, '--engine=native'], user);
  const checkout = digestOf(resolve('packages/cli/bin/labproof.js'), command, resolve('.'));
  console.log(`installed ${installed}\ncheckout  ${checkout}`);
  if (installed !== checkout) throw new Error('the installed command trains to another digest');
  givesItselfAway(bin);
  runsNothingPlanted(bin);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/**
 * The kernels that a release brings along. Where none were built for this system (`npm run build:prebuilt -w
 * packages/core`), those that the checkout has compiled for itself stand in for them.
 */
function kernels() {
  const all = resolve('packages/core/prebuilt');
  const here = kernelPlatform();
  if (existsSync(join(all, here))) return all;
  const own = readFileSync('packages/core/build/kernels.node');
  const folder = join(work, 'prebuilt', here);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernels.node'), own);
  const addon = createHash('sha256').update(own).digest('hex');
  writeFileSync(
    join(folder, 'kernels.json'),
    JSON.stringify({ sources: sourcesDigest(), addon, compiler: 'of the checkout' }),
  );
  if (existsSync(all)) cpSync(all, join(work, 'prebuilt'), { recursive: true });
  return join(work, 'prebuilt');
}

/** The environment of somebody who has Node.js and npm, and nothing that compiles. */
function withoutCompiler() {
  const path = join(work, 'path');
  if (!existsSync(path)) {
    mkdirSync(path);
    const folders = process.env.PATH.split(delimiter);
    for (const tool of ['npm', 'sh', 'env']) {
      const found = folders.map((folder) => join(folder, tool)).find((file) => existsSync(file));
      symlinkSync(found, join(path, tool));
    }
    symlinkSync(process.execPath, join(path, 'node'));
  }
  const { CC: _, CXX: __, ...rest } = process.env;
  const env = { ...rest, PATH: path };
  const compilers = ['cc', 'gcc', 'clang', 'c++', 'make', 'python3', 'zig'];
  const there = compilers.filter((name) => spawnSync(name, ['--version'], { env }).error == null);
  if (there.length > 0) throw new Error(`${there.join(', ')} can still be found`);
  return env;
}

/** Installs a tarball in an empty folder. No package of ours is on a registry, so all of them must be in it. */
function installs(folder, tarball) {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    env: withoutCompiler(),
    stdio: quiet,
  });
}

/** Nothing was compiled where the release was installed, and it computes with the kernels for this system in it. */
function computesNatively(bin) {
  const env = withoutCompiler();
  const { stdout } = spawnSync(process.execPath, [bin, 'doctor'], { encoding: 'utf8', env });
  const [line = 'no line of the engine native'] = /^.*engine native:.*$/mu.exec(stdout) ?? [];
  console.log(`installed, no compiler: ${line.trim()}`);
  if (!line.startsWith('ok') || !line.includes(`(prebuilt: @labproof/kernels-${kernelPlatform()})`))
    throw new Error(`the kernels of the release are not taken: ${line}`);
}

/** What an installation packs for students installs by itself, as its README says, and looks over a submission. */
function givesItselfAway(bin) {
  const edition = join(work, 'edition');
  execFileSync(process.execPath, [bin, 'pack', 'image-recognition', '--student', '--out', edition]);
  const [, sha256, tarball] = /^([0-9a-f]{64})  (labproof-\S+\.tgz)$/mu.exec(
    readFileSync(join(edition, 'SHA256SUMS'), 'utf8'),
  );
  const found = createHash('sha256')
    .update(readFileSync(join(edition, tarball)))
    .digest('hex');
  if (found !== sha256) throw new Error(`${tarball} has the digest ${found} and not ${sha256}`);
  const prefix = join(work, 'student', 'labproof');
  mkdirSync(prefix, { recursive: true });
  execFileSync('npm', ['install', '--silent', '--prefix', prefix, join(edition, tarball)], {
    cwd: edition,
    stdio: quiet,
  });
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(prefix, 'node_modules/labproof/bin/labproof.js'),
      '--labs',
      edition,
      'check',
      resolve('fixtures/image-recognition/answers-missing/submission'),
      '--lab',
      'image-recognition',
    ],
    { encoding: 'utf8' },
  );
  if (status !== 1 || !stdout.includes('Before you hand in')) {
    throw new Error(`the student edition's own Labproof checked nothing: ${stdout}`);
  }
  console.log(`student edition: ${tarball} installs and checks`);
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
