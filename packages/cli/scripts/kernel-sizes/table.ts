const BEGIN = '<!-- npm run kernel-sizes -->';
const END = '<!-- /npm run kernel-sizes -->';

interface PackageSize {
  readonly name: string;
  /** Bytes of the tarball. */
  readonly download: number;
  /** Bytes of the files in it. */
  readonly installed: number;
}

/** The sizes in kB (thousands of bytes), the sum at the end. */
export function sizesTable(sizes: readonly PackageSize[]): string {
  const sum = (of: (size: PackageSize) => number): number =>
    sizes.reduce((total, size) => total + of(size), 0);
  const row = (name: string, download: number, installed: number): string =>
    `| ${name} | ${kilobytes(download)} | ${kilobytes(installed)} |`;
  return [
    '| package | download, kB | installed, kB |',
    '| --- | ---: | ---: |',
    ...sizes.map(({ name, download, installed }) => row(`\`${name}\``, download, installed)),
    row(
      'all, as `labproof-VERSION.tgz` holds them',
      sum((size) => size.download),
      sum((size) => size.installed),
    ),
  ].join('\n');
}

function kilobytes(bytes: number): string {
  return String(Math.round(bytes / 1000));
}

/** The page with the table between its two marks. Throws where a mark is missing. */
export function withSizes(page: string, table: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no ${BEGIN} before ${END}`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}
