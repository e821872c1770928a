import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canonicalJson, userCacheDirectory } from '@labproof/core';
import type { HandedIn } from '@labproof/class';
import { PagePictures } from '@labproof/report';
import {
  Desk,
  digestOfToken,
  type LeftOpen,
  leftOpen,
  newToken,
  type OpenRoom,
  pageFiles,
  planOf,
  readTeam,
  serveRoom,
  type Team,
  teamOfOne,
} from '@labproof/review';
import { formatPlural } from '@labproof/submission';
import openInBrowser from 'open';
import { cliError } from '../errors.ts';
import type { Context } from '../program/context.ts';
import { leftText } from './left-words.ts';
import { roomOf } from './room-of.ts';

export interface ReviewOptions {
  readonly port?: number;
  readonly team?: string;
  readonly reader?: string;
  readonly origin?: string;
  readonly names?: true;
  readonly browser: boolean;
}

/** After a mark the table is written when nobody has marked anything for so long. */
const QUIET_MS = 3000;

/** Serves the reading room of a graded folder until the command is ended; ending it is its ordinary end. */
export async function serveFolder(
  context: Context,
  folder: string,
  options: ReviewOptions,
  handedIn: HandedIn | null,
): Promise<void> {
  const { team, token, reader } = teamOf(options);
  const files = pageFiles();
  const open = await roomOf(context, folder);
  const pictures = new PagePictures({ signal: context.signal });
  let timer: NodeJS.Timeout | null = null;
  let left: LeftOpen;
  const said = (error: unknown): void => {
    context.err(`labproof: ${error instanceof Error ? error.message : String(error)}\n`);
  };
  const writeTable = (): void => {
    timer = null;
    try {
      open.sync();
    } catch (error) {
      // The marks are in the record; only the table waits.
      said(error);
    }
  };
  try {
    const desk = new Desk(open.room, team, options.names === true);
    notePlan(context, open, team);
    const served = await serveRoom({
      desk,
      files,
      port: options.port ?? 0,
      origin: options.origin ?? null,
      seconds: context.now,
      pages: { handedIn, pictures },
      onChange: () => {
        timer ??= setTimeout(writeTable, QUIET_MS);
      },
      onFault: said,
    });
    const address = token === null ? served.address : `${served.address}#${token}`;
    tellOpening(context, open, { reader, address, team });
    const shortcut =
      token === null || !options.browser ? null : await openPage(address, served.port);
    await ended(context.signal);
    if (shortcut !== null) rmSync(shortcut, { force: true });
    await served.close();
    left = leftOpen(open.room);
  } finally {
    if (timer !== null) clearTimeout(timer);
    await pictures.close();
    open.close();
  }
  context.err('\nThe reading room is closed; every mark is saved and in reviews.csv.\n');
  context.err(leftText(left, { folder, named: options.names === true }));
}

/** Who reads here: one person, or a team of whom one may sit at this machine. */
function teamOf({ team: path, reader, origin }: ReviewOptions): {
  team: Team;
  token: string | null;
  reader: string | null;
} {
  if (origin !== undefined && !/^https?:\/\/[^/]+$/u.test(origin)) {
    throw cliError('review-usage', {
      message: `"${origin}" is no origin.`,
      fix: 'Say it as https://review.example.org, without a path.',
    });
  }
  if (path === undefined) {
    const token = newToken();
    const name = reader ?? 'reader';
    return { team: teamOfOne(name, digestOfToken(token)), token, reader: name };
  }
  const team = readTeam(path);
  if (reader === undefined) return { team, token: null, reader: null };
  const own = team.readers.find(({ name }) => name === reader);
  if (own === undefined) {
    throw cliError('review-usage', {
      message: `${path} has no reader "${reader}".`,
      fix: `Name one of ${team.readers.map(({ name }) => name).join(', ')}, or add an entry.`,
    });
  }
  // On a laptop of one's own the shares are the team's, and nobody else is let in.
  const token = newToken();
  const readers = team.readers.map((entry) => ({
    ...entry,
    tokenDigest: digestOfToken(entry === own ? token : newToken()),
  }));
  return { team: { ...team, readers }, token, reader };
}

/**
 * Who reads what as the file of the team says stands in the record, once for every change of the file: what the lead has
 * chosen on the page since stays until then. Whoever reads alone changes nothing of it.
 */
function notePlan(context: Context, { room }: OpenRoom, team: Team): void {
  if (team.readers.length === 1) return;
  const plan = planOf(team);
  const { filePlan, plan: now } = room.record;
  if (filePlan !== null) {
    const { id: _, ...before } = filePlan;
    if (canonicalJson(before) === canonicalJson(plan)) return;
  }
  const lead = team.readers.find(({ role }) => role === 'lead');
  if (lead === undefined) return;
  room.act(lead.name, plan);
  if (now?.from !== 'page') return;
  context.err(
    'note: the file of the team has changed, so who reads what is as it says; what was chosen on the page no longer counts\n',
  );
}

function tellOpening(
  context: Context,
  open: OpenRoom,
  { reader, address, team }: { reader: string | null; address: string; team: Team },
): void {
  if (open.taken > 0) {
    const emptied =
      open.emptied === 0
        ? ''
        : `; ${formatPlural(open.emptied, 'answer')} ${open.emptied === 1 ? 'has' : 'have'} no mark any more, since the points were taken out`;
    context.err(
      `note: ${formatPlural(open.taken, 'row')} typed into reviews.csv taken in${emptied}\n`,
    );
  }
  const { room } = open;
  const stale = room.waiting.answers.filter((answer) => room.result(answer).state === 'stale');
  if (stale.length > 0) {
    context.err(
      `note: ${formatPlural(stale.length, 'answer')} ${stale.length === 1 ? 'waits' : 'wait'} again, since the answer, a picture or the rubric is another than when it was marked\n`,
    );
  }
  if (open.appeals > 0) context.err(`note: ${formatPlural(open.appeals, 'new appeal')}\n`);
  context.out(`${address}\n`);
  context.err(
    reader === null
      ? `reading room for ${formatPlural(team.readers.length, 'reader')}: each opens this address with #token behind it; Ctrl-C ends it\n`
      : `reading room, you are "${reader}"; Ctrl-C ends it, everything is saved as you go\n`,
  );
}

/**
 * Opens the page in the user's browser through a file that only the user can read: on the command line of a browser
 * everybody on the machine could read the token.
 */
async function openPage(address: string, port: number): Promise<string> {
  const folder = userCacheDirectory();
  const shortcut = join(folder, `reading-room-${port}.html`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(
    shortcut,
    `<!doctype html><meta charset="utf-8"><title>Reading room</title><meta http-equiv="refresh" content="0;url=${address}"><a href="${address}">Reading room</a>\n`,
    { mode: 0o600 },
  );
  // Where no browser can be opened the address that was printed is the way in.
  await openInBrowser(pathToFileURL(shortcut).href).then(
    (child) => child.on('error', () => undefined),
    () => undefined,
  );
  return shortcut;
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
