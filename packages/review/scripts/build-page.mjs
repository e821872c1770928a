// Bundles the page of the reading room into dist/page: one script and one style sheet, nothing loaded from elsewhere.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = process.argv[2] ?? at('../dist/page');

await build({
  entryPoints: [
    { in: at('../page/main.tsx'), out: 'room' },
    { in: at('../page/room.css'), out: 'room' },
  ],
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none',
  logLevel: 'warning',
});
