import { fontFile, fontRanges, katexCss } from './assets.ts';

interface Family {
  readonly name: string;
  readonly package: string;
  readonly file: string;
  readonly weights: readonly number[];
}

/** Static fonts: variable ones become Type 3 in a PDF. */
const FAMILIES: readonly Family[] = [
  { name: 'Inter', package: '@fontsource/inter', file: 'inter', weights: [400, 600] },
  {
    name: 'JetBrains Mono',
    package: '@fontsource/jetbrains-mono',
    file: 'jetbrains-mono',
    weights: [400],
  },
];

type Range = readonly [number, number];

function parseRanges(text: string): Range[] {
  return text.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace('U+', '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}

function usesAny(codePoints: ReadonlySet<number>, ranges: readonly Range[]): boolean {
  for (const point of codePoints) {
    if (ranges.some(([from, to]) => point >= from && point <= to)) return true;
  }
  return false;
}

interface Face {
  /** The Latin faces are in every page. */
  readonly always: boolean;
  readonly ranges: readonly Range[];
  readonly rule: () => string;
}

// oxlint-disable-next-line no-control-regex
const BEYOND_ASCII = /[^\u0000-\u007f]/gu;

function fileOf({ file }: Family, subset: string, weight: number): string {
  return `files/${file}-${subset}-${weight}-normal.woff2`;
}

let faces: readonly Face[] | null = null;

function allFaces(): readonly Face[] {
  faces ??= FAMILIES.flatMap((family) =>
    Object.entries(fontRanges(family.package)).flatMap(([subset, text]) =>
      family.weights.map((weight): Face => {
        const file = fileOf(family, subset, weight);
        return {
          always: subset === 'latin',
          ranges: parseRanges(text),
          rule: () =>
            `@font-face{font-family:"${family.name}";font-weight:${weight};font-display:block;unicode-range:${text};src:url(data:font/woff2;base64,${fontFile(family.package, file)}) format("woff2")}`,
        };
      }),
    ),
  );
  return faces;
}

/** The files of npm packages of which pages are made, as `package/path`: what `givePackageFiles` has to hand over. */
export function packageFilesOfPages(): string[] {
  const fonts = FAMILIES.flatMap((family) => [
    `${family.package}/unicode.json`,
    ...Object.keys(fontRanges(family.package)).flatMap((subset) =>
      family.weights.map((weight) => `${family.package}/${fileOf(family, subset, weight)}`),
    ),
  ]);
  const formulaFonts = (katexCss().match(FACE) ?? []).flatMap((face) => {
    const file = FORMULA_FACES.exec(face)?.[0];
    return file === undefined ? [] : [`katex/dist/fonts/${file}`];
  });
  return [...fonts, 'katex/dist/katex.min.css', ...new Set(formulaFonts)];
}

/** `@font-face` rules, fonts included, for the letters that texts use: Latin always, other scripts where they occur. */
export function fontFaces(...texts: readonly string[]): string {
  const letters = new Set(texts.flatMap((text) => text.match(BEYOND_ASCII) ?? []));
  const codePoints = new Set(Array.from(letters, (letter) => letter.codePointAt(0) ?? 0));
  return allFaces()
    .filter(({ always, ranges }) => always || usesAny(codePoints, ranges))
    .map(({ rule }) => rule())
    .join('');
}

const FACE = /@font-face\{[^}]*\}/g;
/** Faces that ordinary formulas need; rarer alphabets fall back to the page's font. */
const FORMULA_FACES =
  /KaTeX_(?:AMS-Regular|Main-Regular|Main-Bold|Math-Italic|Size[1-4]-Regular)\.woff2/;

let formulas: string | null = null;

/** KaTeX's style sheet with its fonts inside; empty where a page has no formula. */
export function formulaStyle(page: string): string {
  if (!page.includes('class="katex"')) return '';
  formulas ??= katexCss().replace(FACE, (face) => {
    const file = FORMULA_FACES.exec(face)?.[0];
    if (file === undefined) return '';
    const data = fontFile('katex', `dist/fonts/${file}`);
    return face.replace(/src:[^}]*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`);
  });
  return formulas;
}
