#!/usr/bin/env node
// Plain enough for a Node.js that is too old to read the rest.
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `this is Node.js ${process.versions.node}, and Labproof needs 20.19 or newer`,
    'nvm install 22, or https://nodejs.org/en/download',
  );
} else if (existsSync(new URL('../dist/bin.js', import.meta.url))) {
  await import('../dist/bin.js');
} else {
  stop('this checkout has not been built yet', 'npm run build');
}

function stop(message, fix) {
  process.stderr.write(`labproof: ${message}\n  what to do: ${fix}\n`);
  process.exitCode = 2;
}
