/*
 * Builds the kernels of every system that Labproof brings them along for, on any one machine: prebuilt/PLATFORM with
 * kernels.node and kernels.json, which says what it was compiled from.
 *
 *   python3 -m venv FOLDER && FOLDER/bin/pip install -r packages/core/scripts/prebuilt-requirements.txt
 *   npm run build:prebuilt -w packages/core -- --python FOLDER/bin/python [PLATFORM...]
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { sourcesDigest } from '../src/engines/sources-digest.ts';
import { compileAddon } from './addon.mjs';
import { inspectMachO } from './mach-o.mjs';

const PREBUILT = fileURLToPath(new URL('../prebuilt/', import.meta.url));

/** What zig calls each system: the oldest glibc of a Linux that runs Node.js 20 is 2.28, the oldest macOS 11. */
const TARGETS = {
  'linux-x64': 'x86_64-linux-gnu.2.28',
  'linux-arm64': 'aarch64-linux-gnu.2.28',
  'linux-x64-musl': 'x86_64-linux-musl',
  'linux-arm64-musl': 'aarch64-linux-musl',
  'darwin-x64': 'x86_64-macos.11.0',
  'darwin-arm64': 'aarch64-macos.11.0',
  'win32-x64': 'x86_64-windows-gnu',
  'win32-arm64': 'aarch64-windows-gnu',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', default: 'python3' } },
});
const zig = (parameters) =>
  promisify(execFile)(values.python, ['-m', 'ziglang', ...parameters], { encoding: 'utf8' });

const version = (await zig(['version'])).stdout.trim();
const wanted = positionals.length === 0 ? Object.keys(TARGETS) : positionals;
for (const name of wanted) {
  if (!Object.hasOwn(TARGETS, name)) {
    throw new RangeError(`${name} is none of ${Object.keys(TARGETS).join(', ')}`);
  }
  await build(name);
}

async function build(name) {
  const [platform, arch] = name.split('-');
  const work = mkdtempSync(path.join(tmpdir(), 'labproof-kernels-'));
  try {
    const output = path.join(work, 'kernels.node');
    await compileAddon({
      run: (flags) => zig(['cc', `--target=${TARGETS[name]}`, ...flags]),
      arch,
      platform,
      build: path.join(work, 'build'),
      // Debugging information holds the paths of this machine.
      flags: ['-g0'],
      linking: await linkingFor(platform, arch, work),
      output,
    });
    if (platform === 'darwin') inspectMachO(output);
    const addon = createHash('sha256').update(readFileSync(output)).digest('hex');
    const told = {
      sources: sourcesDigest(),
      addon,
      compiler: `zig ${version}`,
      target: TARGETS[name],
    };
    // Whoever ends this halfway leaves what was there.
    const folder = path.join(PREBUILT, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(output, path.join(folder, 'kernels.node'));
    writeFileSync(path.join(folder, 'kernels.json'), `${JSON.stringify(told, null, 2)}\n`);
    console.log(`${name}: ${(statSync(output).size / 1e6).toFixed(2)} MB`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Node-API's functions come from the program that loads an addon; Windows wants to know beforehand from which. */
async function linkingFor(platform, arch, work) {
  switch (platform) {
    case 'darwin':
      return ['-shared', '-undefined', 'dynamic_lookup', '-Wl,-S'];
    case 'win32':
      return ['-shared', '-s', await importLibrary(arch, work)];
    default:
      return ['-shared', '-s'];
  }
}

async function importLibrary(arch, work) {
  const { def_paths: definitions } = createRequire(import.meta.url)('node-api-headers');
  const symbols = [definitions.js_native_api_def, definitions.node_api_def].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^\w+$/.test(line) && line !== 'EXPORTS'),
  );
  const definition = path.join(work, 'node.def');
  const library = path.join(work, 'node.lib');
  writeFileSync(definition, `NAME node.exe\nEXPORTS\n${symbols.join('\n')}\n`);
  const machine = arch === 'arm64' ? 'arm64' : 'i386:x86-64';
  await zig(['dlltool', '-d', definition, '-D', 'node.exe', '-m', machine, '-l', library]);
  return library;
}
