import { renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { cacheRoot, makePrivateFolder } from './cache-folder.ts';
import type { BrowserChoice } from './find-browser.ts';

const prefer = (family: string, font: string): string =>
  `<alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;

/**
 * A fontconfig file that offers DejaVu from npm first and the system's fonts for what DejaVu lacks.
 * Without any font known to fontconfig Chromium draws blank pages, embedded fonts included.
 */
function fontConfiguration(cache: string): string {
  const manifest = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json');
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `<dir>${join(dirname(manifest), 'ttf')}</dir>`,
    '<dir>/usr/share/fonts</dir>',
    '<dir>/usr/local/share/fonts</dir>',
    '<dir prefix="xdg">fonts</dir>',
    `<cachedir>${cache}</cachedir>`,
    prefer('sans-serif', 'DejaVu Sans'),
    prefer('serif', 'DejaVu Serif'),
    prefer('monospace', 'DejaVu Sans Mono'),
    '</fontconfig>',
    '',
  ].join('\n');
}

/** Writes the font configuration into the cache; returns its path. */
function writeFontConfiguration(): string {
  const folder = join(cacheRoot(), 'fonts');
  makePrivateFolder(folder);
  const path = join(folder, 'fonts.conf');
  const content = fontConfiguration(join(folder, 'cache'));
  // Renamed into place, so that a browser that starts beside this one never reads half a file.
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
  return path;
}

/** Flags that shut the network off and make glyphs the same everywhere. Only root has to give up the sandbox. */
function launchArguments(): string[] {
  return [
    '--proxy-server=http://127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--font-render-hinting=none',
    '--force-color-profile=srgb',
    '--no-pings',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** What the browser sees of the environment: nothing of the user's variables beyond what it needs to start. */
function launchEnvironment(fonts: string | null, libraries: string | null): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP', 'TMP', 'LOCALAPPDATA'];
  const environment: Record<string, string> = { TZ: 'UTC', LANG: 'C.UTF-8' };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  const path = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  if (path !== '') environment['LD_LIBRARY_PATH'] = path;
  if (fonts !== null) environment['FONTCONFIG_FILE'] = fonts;
  return environment;
}

/** Starts the chosen browser without a window, spoken to over a pipe (no debugging port is opened). */
export async function launchBrowser(choice: BrowserChoice, signal?: AbortSignal): Promise<Browser> {
  // Only now: a run that prints nothing need not wait for it.
  const { launch } = await import('puppeteer-core');
  const fonts = process.platform === 'linux' ? writeFontConfiguration() : null;
  return launch({
    executablePath: choice.executable,
    headless: choice.source === 'bundled' ? 'shell' : true,
    pipe: true,
    // How a process ends on a signal is decided where it began, not by a browser that it has started.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(signal === undefined ? {} : { signal }),
    args: launchArguments(),
    env: launchEnvironment(fonts, choice.libraries),
  });
}
