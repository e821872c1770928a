/**
 * Colours of charts and pages in both themes. A page declares them as custom properties, charts refer to
 * them by name, so one SVG serves light, dark and print.
 * Hues are told apart by people with protan, deutan and tritan vision (blue against orange), and their
 * lightness differs enough for a grey print; no meaning rests on a hue alone.
 */
export const PALETTE = {
  light: {
    page: '#f7f8fa',
    surface: '#ffffff',
    sunken: '#f1f3f6',
    ink: '#131a24',
    muted: '#4d5869',
    line: '#dde2e9',
    accent: '#0b4a82',
    reference: '#1f5f9e',
    band: '#7fb0de',
    yours: '#c2410c',
    axis: '#8a94a3',
    grid: '#e6eaef',
    hit: '#3f7fbf',
    miss: '#c2410c',
    passed: '#0b6640',
    'passed-soft': '#e2f4ea',
    partial: '#7d4e00',
    'partial-soft': '#fdf1d7',
    failed: '#aa241c',
    'failed-soft': '#fdeae8',
    missing: '#4d5869',
    'missing-soft': '#eceff3',
    'needs-review': '#563a9e',
    'needs-review-soft': '#efebfb',
    refused: '#8a1c56',
    'refused-soft': '#fbe8f1',
    broken: '#ffffff',
    'broken-soft': '#7c1414',
  },
  dark: {
    page: '#0e1218',
    surface: '#161c24',
    sunken: '#1e2630',
    ink: '#e9edf3',
    muted: '#a6b1c0',
    line: '#2c3541',
    accent: '#86bdf0',
    reference: '#7fb8f0',
    band: '#3f73a8',
    yours: '#ff9a5c',
    axis: '#6d7888',
    grid: '#252d38',
    hit: '#2f6dab',
    miss: '#d9622b',
    passed: '#6fd6a2',
    'passed-soft': '#12301f',
    partial: '#f2c063',
    'partial-soft': '#35270a',
    failed: '#ff9d94',
    'failed-soft': '#3c1614',
    missing: '#a6b1c0',
    'missing-soft': '#242c37',
    'needs-review': '#c4b1fa',
    'needs-review-soft': '#281f45',
    refused: '#f5a3cb',
    'refused-soft': '#3a1429',
    broken: '#3b0707',
    'broken-soft': '#ff9d94',
  },
} as const;

export type Theme = keyof typeof PALETTE;
export type Colour = keyof (typeof PALETTE)['light'];

/** A reference to a colour for use in an SVG attribute; outside a page the light value holds. */
export function colour(name: Colour): string {
  return `var(--${name},${PALETTE.light[name]})`;
}

/** The custom properties of one theme as CSS declarations. */
export function paletteCss(theme: Theme): string {
  return Object.entries(PALETTE[theme])
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

function channels(hex: string): [number, number, number] {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** `top` laid over `bottom` with the given opacity (0…1), as a hex colour. */
export function blend(top: string, bottom: string, opacity: number): string {
  const below = channels(bottom);
  const mixed = channels(top).map((channel, index) =>
    Math.round(channel * opacity + (below[index] ?? 0) * (1 - opacity)),
  );
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of a hex colour, 0…1 (WCAG 2.2, definition of relative luminance). */
function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two hex colours, 1…21 (WCAG 2.2, definition of contrast ratio). Text needs 4.5, large text and marks 3. */
export function contrast(one: string, other: string): number {
  const first = luminance(one);
  const second = luminance(other);
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}
