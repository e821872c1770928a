#!/usr/bin/env node
// Plain enough for a Node.js that is too old to read the rest.
import { existsSync, readdirSync, statSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `this is Node.js ${process.versions.node}, and Labproof needs 20.19 or newer`,
    'nvm install 22, or https://nodejs.org/en/download',
  );
} else if (isBundled()) {
  await import('../dist/bundle/bin.js');
} else if (existsSync(at('../dist/bin.js'))) {
  await import('../dist/bin.js');
} else {
  stop('this checkout has not been built yet', 'npm run build');
}

// In a checkout, a package that was built by itself is newer than the bundle of all: then the packages run as they are.
function isBundled() {
  const bundled = builtAt('../dist/bundle/bundle.json');
  if (bundled === null) return false;
  if (!existsSync(at('../tsconfig.build.json'))) return true;
  const built = readdirSync(at('../../')).map((name) => builtAt(`../../${name}/dist/index.js`));
  return [...built, builtAt('../dist/bin.js')].every((time) => time === null || time <= bundled);
}

function builtAt(path) {
  return statSync(at(path), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function at(path) {
  return new URL(path, import.meta.url);
}

function stop(message, fix) {
  process.stderr.write(`labproof: ${message}\n  what to do: ${fix}\n`);
  process.exitCode = 2;
}
