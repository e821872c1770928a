/**
 * Libraries that are not bundled, because they have files of their own or machine code, or because few commands need
 * them. The command's own package has to name them: they are looked for from its bundle.
 */
export const LIBRARIES_APART: readonly string[] = [
  'bullmq',
  'h5wasm',
  'ioredis',
  'katex',
  'libsql',
  'mammoth',
  'open',
  'pacote',
  'puppeteer-core',
  'sanitize-html',
  'tar',
  'tar-fs',
  'unpdf',
];
