// Another Node.js from npm's platform packages; it is only the binary, npm stays the machine's.
// As a program: `node .ci/node-binary.mjs 24 FOLDER` prints the folder to put before PATH.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Installs the newest Node.js of a major version below a folder; returns the path of the binary. */
export function installNode(major, folder) {
  const prefix = join(folder, major);
  mkdirSync(prefix, { recursive: true });
  writeFileSync(join(prefix, 'package.json'), '{"private":true}');
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  execFileSync(
    'npm',
    ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${major}`],
    { cwd: prefix, stdio: ['ignore', 'ignore', 'inherit'], shell: windows },
  );
  return join(prefix, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [major, folder] = process.argv.slice(2);
  console.log(dirname(installNode(major, folder)));
}
