import { type Browser, launch } from 'puppeteer-core';
import { findBrowser } from '../../../report/src/pdf/find-browser.ts';

/** The browser that comes with npm, with a way to this machine and to no other. */
export async function startLocalBrowser(): Promise<Browser> {
  const choice = await findBrowser();
  const libraries = [choice.libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return launch({
    executablePath: choice.executable,
    headless: choice.source === 'bundled' ? 'shell' : true,
    pipe: true,
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: {
      ...process.env,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      ...(libraries === '' ? {} : { LD_LIBRARY_PATH: libraries }),
    },
  });
}
