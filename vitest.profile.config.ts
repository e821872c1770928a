import config from './vitest.config.ts';
for (const p of config.test.projects) p.test.setupFiles = ['/tmp/suite/setup.ts'];
export default config;
