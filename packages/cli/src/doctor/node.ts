import type { Finding } from './finding.ts';

/** The oldest Node.js that runs Labproof, `engines.node` of every package. */
export const OLDEST_NODE = '20.19';

/** Whether this Node.js is new enough; `version` as `process.version` has it. */
export function nodeFinding(version: string, machine: string): Finding {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const ok = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return {
    subject: 'node',
    ok,
    required: true,
    message: `${version} on ${machine}${ok ? '' : `; Labproof needs ${OLDEST_NODE} or newer`}`,
    fix: ok ? null : 'Install a newer Node.js: nvm install 22, or https://nodejs.org/en/download',
  };
}
