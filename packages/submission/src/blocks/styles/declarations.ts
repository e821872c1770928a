import { unescaped } from './escapes.ts';

/** What is declared for an element by property, in lower case. */
export type Declarations = ReadonlyMap<
  string,
  { readonly value: string; readonly important: boolean }
>;

const OF_LOOKS = new Set(
  `display visibility opacity color background background-color font-size font text-indent left right top bottom inset
   inset-inline inset-block inset-inline-start inset-inline-end inset-block-start inset-block-end margin margin-left
   margin-right margin-top margin-bottom margin-inline-start margin-block-start translate rotate scale zoom letter-spacing
   line-height clip clip-path mask mask-image -webkit-mask -webkit-mask-image overflow overflow-x overflow-y height width
   max-height max-width block-size inline-size max-block-size max-inline-size transform filter
   text-decoration text-decoration-line -webkit-text-fill-color content-visibility position`
    .trim()
    .split(/\s+/u),
);

/** A property as it is known: in lower case, but for the names of variables. */
export function plainName(property: string): string {
  const name = unescaped(property);
  return name.startsWith('--') ? name : name.toLowerCase();
}

/** Whether a property, or a variable that one may take, decides if text can be seen. */
export function isOfLooks(property: string): boolean {
  return OF_LOOKS.has(property) || property.startsWith('--');
}

/** The declarations of a `style` attribute. */
export function inlineDeclarations(style: string): Declarations {
  return new Map(
    style
      .slice(0, 2000)
      .replaceAll(/\/\*.*?\*\//gsu, '')
      .split(';')
      .map((declaration): [string, { value: string; important: boolean }] => {
        const colon = declaration.indexOf(':');
        const written = declaration.slice(0, Math.max(0, colon)).trim();
        const value = declaration.slice(colon + 1);
        const important = /!\s*important/iu.test(value);
        return [
          plainName(written),
          { value: unescaped(value.replace(/!\s*important/iu, '').trim()), important },
        ];
      })
      .filter(([property]) => isOfLooks(property)),
  );
}

/** Of two, the second is nearer to the element and wins, unless the first insists. */
export function declaredTogether(sheet: Declarations, own: Declarations): Declarations {
  if (sheet.size === 0) return own;
  const all = new Map(sheet);
  for (const [property, declared] of own) {
    const before = all.get(property);
    if (before === undefined || !before.important || declared.important)
      all.set(property, declared);
  }
  return all;
}
