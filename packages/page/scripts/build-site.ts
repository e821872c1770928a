import { fileURLToPath } from 'node:url';
import { buildSite } from './bundle/site.ts';

/** `npm run build`: writes the parts of a page that are the same for every lab, into `dist/site` unless told. */
await buildSite(process.argv[2] ?? fileURLToPath(new URL('../dist/site', import.meta.url)));
