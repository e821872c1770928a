/** What the root of a chart says about it. */
export interface SvgFrame {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/** Escapes text for XML content and attribute values; drops characters that XML 1.0 does not allow. */
export function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/'/g, '&#39;')
  );
}

/** Two decimals are finer than a pixel and hide the last bits of `Math.*`, which differ between machines. */
function roundNumbers(text: string): string {
  return text.replace(/-?\d+\.\d+(?:e[+-]?\d+)?|-?\d+e[+-]?\d+/g, (number) => {
    const rounded = Math.round(Number(number) * 100) / 100;
    return String(Object.is(rounded, -0) ? 0 : rounded);
  });
}

const NUMERIC =
  /\b(d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|opacity|fill-opacity)="([^"]*)"/g;
/** Attributes of Vega's renderer that say nothing here: the chart speaks as one image. */
const NOISE = / (?:role|class|aria-[a-z]+|pointer-events|stroke-miterlimit)="[^"]*"/g;
const INVISIBLE_TEXT = /<text\b[^>]* opacity="0"[^>]*>[^<]*<\/text>/g;
const UNPAINTED_PATH = /<path(?: (?!fill|stroke)[a-z-]+="[^"]*")*\/>/g;
const HIDDEN_PATH = /<path\b[^>]* display="none"[^>]*\/>/g;
const EMPTY_GROUP = /<g(?: [a-z-]+="[^"]*")*(?:><\/g|\/)>/g;
const BARE_GROUP_PAIR = /<g><g>((?:(?!<\/?g\b)[^])*)<\/g><\/g>/g;

/** A mark that is filled with nothing and has no outline. */
const UNSEEN_FILL = /<path(?=[^>]* fill-opacity="0")(?![^>]* stroke=)[^>]*\/>/g;
/** Vega's path of a rectangle with round corners: four straight sides, four curves. */
const ROUNDED_RECTANGLE =
  /d="M([\d.-]+),([\d.-]+)L[\d.-]+,\2C[^LCZ]*,([\d.-]+),([\d.-]+)L\3,[\d.-]+C[^LCZ]*,[\d.-]+,([\d.-]+)L[\d.-]+,\5C[^LCZ]*,([\d.-]+),[\d.-]+L\6,\4C[^LCZ]*,\1,\2Z"/;
const LEAF_GROUP =
  /<g( [^>]*)?>((?:<(text|path|line|rect|circle)\b[^>]*(?:\/>|>[^<]*<\/\3>)){2,})<\/g>/g;
/** Attributes that children inherit from their group. */
const INHERITED =
  / (fill|fill-opacity|stroke|stroke-width|stroke-opacity|stroke-dasharray|stroke-linecap|stroke-linejoin|font-size|font-weight|font-style|text-anchor)="[^"]*"/g;

function rectangles(path: string): string {
  const match = ROUNDED_RECTANGLE.exec(path);
  if (match === null) return path;
  const [whole, left = '', top = '', right = '', , bottom = '', edge = ''] = match;
  const radius = Number(left) - Number(edge);
  const shape = {
    x: Number(edge),
    y: Number(top),
    width: Number(right) - Number(edge),
    height: Number(bottom) - Number(top),
    rx: radius,
  };
  const attributes = Object.entries(shape)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${name}="${Math.round(value * 100) / 100}"`);
  return path.replace('<path', '<rect').replace(whole, attributes.join(' '));
}

/** What all marks of a group say alike is said once, by the group. */
function sayOnce(whole: string, own: string | undefined, marks: string): string {
  const heads = marks.match(/<[a-z]+\b[^>]*>/g) ?? [];
  const said = heads.map((head): readonly string[] => head.match(INHERITED) ?? []);
  const names: readonly string[] = own?.match(/[a-z-]+(?==)/g) ?? [];
  const common = (said[0] ?? []).filter(
    (attribute) =>
      said.every((attributes) => attributes.includes(attribute)) &&
      !names.includes(attribute.slice(1, attribute.indexOf('='))),
  );
  if (common.length === 0) return whole;
  const bare = common.reduce((text, attribute) => text.replaceAll(attribute, ''), marks);
  return `<g${own ?? ''}${common.join('')}>${bare}</g>`;
}

function removeAll(text: string, pattern: RegExp): string {
  for (;;) {
    const next = text.replace(pattern, '');
    if (next === text) return text;
    text = next;
  }
}

/**
 * Makes Vega's SVG small, stable and accessible: rounded numbers, ids that are unique on the page,
 * `role="img"` with `<title>` and `<desc>`, no leftover roles of single marks.
 */
export function tidySvg(svg: string, frame: SvgFrame): string {
  let body = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>$/, '')
    .replace(NOISE, '')
    .replace(HIDDEN_PATH, '')
    .replace(INVISIBLE_TEXT, '')
    .replace(UNPAINTED_PATH, '')
    .replace(NUMERIC, (_, name: string, value: string) => `${name}="${roundNumbers(value)}"`)
    .replace(/ opacity="1"/g, '')
    .replace(/ stroke-width="1"/g, '')
    .replace(/ font-family="Inter"/g, '')
    .replace(/\b(clip|gradient)(\d+)\b/g, `${frame.id}-$1$2`);
  body = removeAll(body, EMPTY_GROUP)
    .replace(BARE_GROUP_PAIR, '<g>$1</g>')
    .replace(UNSEEN_FILL, '')
    .replace(/<path\b[^>]*C[^>]*\/>/g, rectangles)
    .replace(LEAF_GROUP, sayOnce);
  const { id, width, height } = frame;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="${id}-title ${id}-desc"`,
    ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, sans-serif">`,
    `<title id="${id}-title">${escapeXml(frame.title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(frame.description)}</desc>`,
    body,
    '</svg>',
  ].join('');
}
