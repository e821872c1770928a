import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ManifestSchema = z.object({ name: z.string(), version: z.string() });

/** The folder of the package that a file of a library is in. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/u;

/** The packages of others that modules are from, each with the licence that comes with it. */
export function licencesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((id) => PACKAGE.exec(id) ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version } = ManifestSchema.parse(
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    );
    const licence = licenceIn(folder);
    if (licence === null) throw new Error(`${name} comes without the text of its licence`);
    return `${name} ${version}\n\n${licence.trim()}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return `The scripts beside this file hold code of these packages:${rule}${texts.toSorted().join(rule)}`;
}

/** The text of its file, else what its README has from a heading about the licence on. */
function licenceIn(folder: string): string | null {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/iu.test(entry));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  return /^(?:#+ )?licen[cs]e\b[^]*copyright[^]*/imu.exec(readme)?.[0] ?? null;
}
