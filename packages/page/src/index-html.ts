import type { Site } from './site.ts';

/**
 * What a page may do: load what lies beside it and run that. The script of the page narrows it further, from its origin
 * to its own folder, which nobody knows when it is packed. Workers are started from `blob:` addresses, because
 * those alone inherit a policy that a page has from a `meta` element.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The one page of the folder. All addresses are relative, so it works wherever the folder lies. */
export function indexHtml({ title, assets }: Pick<Site, 'title' | 'assets'>): string {
  const name = escaped(title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Self-check: ${name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets.style}">
<script type="module" src="${assets.main}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div id="page">
<main id="main" class="sheet" tabindex="-1">
<h1>${name}</h1>
<p>This page looks over what you mean to hand in, in your browser. If you go on reading this here, its scripts do not run. Then</p>
<ul>
<li>allow scripts, and use a current browser: Firefox 115, Chrome or Edge 110, Safari 16.4, or newer;</li>
<li>if you opened it as a file: browsers run no such page from a file. Run <code>python -m http.server</code> in its folder (on Windows
<code>py -m http.server</code>) and open <code>http://localhost:8000</code>;</li>
<li>if it comes from a web server, tell your instructor: the server may send scripts as something else, or forbid them.</li>
</ul>
<p>You need no check to hand in.</p>
</main>
</div>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
