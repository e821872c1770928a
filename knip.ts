import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { KnipConfig } from 'knip';
import { LIBRARIES_APART } from './packages/cli/scripts/bundle/libraries-apart.ts';

const PACKAGE = {
  // Besides what package.json names: what is started as a thread or a process, and scripts.
  entry: [
    'README.md',
    // The command starts it, built.
    'src/bin.ts',
    'page/main.tsx',
    'page/worker/{check,playground,pool,service}-worker.ts',
    'src/**/*-{browser,bundled}.ts',
    'src/**/{no-packages,given-file}.ts',
    'scripts/*.{ts,mjs}',
    'scripts/*/main.ts',
    'src/**/{trial-worker,device-worker,student-page-worker,grading-process}.ts',
    'test/**/{echo-thread,*-process}.ts',
  ],
  project: ['{src,test,scripts,page}/**/*.{ts,tsx,mjs}', 'README.md'],
  ignoreDependencies: [
    // Files of these are found by their paths.
    '@fontsource/inter',
    '@fontsource/jetbrains-mono',
    '@sparticuz/chromium',
    'dejavu-fonts-ttf',
    'unpdf',
    'node-api-headers',
  ],
};

/**
 * What is exported must be imported somewhere: by another file, another package, a test, or the README of its package,
 * whose examples and tables are what users are promised. `npm run lint` has `--tsConfig tsconfig.build.json`, which says
 * what a built file comes from.
 */
const config: KnipConfig = {
  includeEntryExports: true,
  compilers: { md: importsOfReadme },
  // What a page loads from elsewhere; no other package does yet.
  ignoreIssues: { 'packages/core/src/browser.ts': ['exports', 'types'] },
  ignoreBinaries: [/^g\+\+$/u, 'mkfifo', 'pdftoppm', 'redis-server', 'versitygw'],
  workspaces: {
    '.': {
      entry: ['.ci/*.mjs', 'fixtures/*/make/*.ts'],
      project: ['.ci/**/*.mjs', 'fixtures/**/*.ts', '*.ts'],
      // An engine that is looked for by its name.
      ignoreDependencies: ['@tensorflow/tfjs-backend-wasm'],
    },
    'packages/*': PACKAGE,
    'packages/cli': {
      ...PACKAGE,
      // Its bundle imports them for all packages.
      ignoreDependencies: [...PACKAGE.ignoreDependencies, ...LIBRARIES_APART],
    },
    bench: {
      // Sides are processes of their own.
      entry: [
        'README.md',
        'hostile.ts',
        'pytorch-files.ts',
        'page.ts',
        'reading.ts',
        'memory.ts',
        'src/main.ts',
        'src/benchmarks/**/sides/*.ts',
        'gpu.mjs',
      ],
    },
  },
};

/** The entries of a package in its sources, by how others import them. */
function entriesOf(folder: string): Map<string, string> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    exports?: Record<string, Record<string, string>>;
  };
  return new Map(
    Object.entries(manifest.exports ?? {}).map(([path, conditions]) => [
      join(manifest.name, path),
      join(folder, conditions['@labproof/source'] ?? ''),
    ]),
  );
}

/** The imports of a README's examples, and an import of every name in its tables from each entry of its package. */
function importsOfReadme(text: string, path: string): string {
  const folder = dirname(path);
  const packages = dirname(folder);
  if (!path.endsWith('README.md') || !packages.endsWith('packages')) return '';
  const named = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...line.matchAll(/`(\w+)`/gu)].map(([, word = '']) => word));
  const fromTables = [...entriesOf(folder).values()].map((entry) => [named.join(', '), entry]);
  const fromExamples = [...text.matchAll(/^import \{([^}]+)\} from '(@labproof[^']+)';$/gmu)].map(
    ([, names = '', specifier = '']) => {
      const [, name = ''] = specifier.split('/');
      return [names, entriesOf(join(packages, name)).get(specifier) ?? specifier];
    },
  );
  return [...fromTables, ...fromExamples]
    .map(([names, entry = '']) => `import { ${names} } from './${relative(folder, entry)}';`)
    .join('\n');
}

export default config;
