import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readerStyle } from '@labproof/report';
import { reviewError } from '../errors.ts';

/** A file that the server hands out as it is. */
export interface PageFile {
  readonly type: string;
  readonly content: string;
}

const SHELL = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reading room</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/reader.css">
<link rel="stylesheet" href="/room.css">
<script type="module" src="/room.js"></script>
</head>
<body><div id="room"></div><noscript>The reading room needs JavaScript.</noscript></body>
</html>
`;

/** Where `npm run build` puts the page, seen from the sources and from the built files alike. */
const BUILT = fileURLToPath(new URL('../../dist/page/', import.meta.url));

/** The page, its script and styles, by path. Throws where the page was not built. */
export function pageFiles(folder: string = BUILT): ReadonlyMap<string, PageFile> {
  const built = (name: string): string => {
    try {
      return readFileSync(`${folder}/${name}`, 'utf8');
    } catch (error) {
      throw reviewError('review-page-missing', {
        message: `The page of the reading room is not built (${folder}/${name}).`,
        fix: 'Run "npm run build" in the checkout.',
        cause: error,
      });
    }
  };
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', content: SHELL }],
    ['/room.js', { type: 'text/javascript; charset=utf-8', content: built('room.js') }],
    ['/room.css', { type: 'text/css; charset=utf-8', content: built('room.css') }],
    ['/reader.css', { type: 'text/css; charset=utf-8', content: readerStyle() }],
  ]);
}
