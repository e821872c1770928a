import { type CheckKinds, type Lab, playgroundsOf } from '@labproof/lab';
import { decodeText } from '../text/decode-text.ts';
import type { FoundFile } from './found-file.ts';
import { readOrRefuse } from '../refusal.ts';
import type { SubmissionFiles } from './submission-files.ts';

const NAME = /(?:^|\/)playground(?:-config)?\.(?:json|txt|url)$/iu;
/** Settings are a page of text at most. */
const MOST_BYTES = 64 * 2 ** 10;

/** A configuration that was handed in as a file of its own. */
export interface PlaygroundFile {
  readonly path: string;
  readonly text: string;
}

/** The file with the settings of a playground network, where the lab has a playground; the first of several. */
export function findPlaygroundFile(
  { files }: SubmissionFiles,
  lab: Lab,
  kinds: CheckKinds,
): { file: PlaygroundFile | null; found: FoundFile } | null {
  if (playgroundsOf(lab).length === 0) return null;
  const entry = files.find(({ path }) => NAME.test(path));
  if (entry === undefined) return null;
  const matched = lab.questions
    .filter(({ checks }) => checks.some((check) => kinds.needs(check, 'playground')))
    .map(({ id }) => id);
  const found = (why: string): FoundFile => ({ path: entry.path, role: 'answers', matched, why });
  if (entry.bytes > MOST_BYTES) {
    return { file: null, found: found(`it was not read: it is larger than ${MOST_BYTES} bytes`) };
  }
  const { value, refused } = readOrRefuse(() => decodeText(entry.read()));
  return value === null || refused !== null
    ? { file: null, found: found(`it was not read: ${refused?.message ?? 'it holds no text'}`) }
    : {
        file: { path: entry.path, text: settingsIn(value) },
        found: found('its name says that it holds the settings of a playground network'),
      };
}

/** An internet shortcut names its address in a line `URL=`. */
function settingsIn(text: string): string {
  return /^URL=(.+)$/mu.exec(text)?.[1]?.trim() ?? text;
}
