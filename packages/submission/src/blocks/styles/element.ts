/** An element of a page as selectors see it; what it stands in is reached through `parent`. */
export interface StyledElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly classes: ReadonlySet<string>;
  readonly parent: StyledElement | null;
}

/** Bounds on the classes of one element: more than any page has. */
const MOST_CLASSES = 200;

export function styledElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  parent: StyledElement | null,
): StyledElement {
  const classes = (attributes['class'] ?? '').slice(0, 4000).split(/\s+/u);
  return {
    name,
    attributes,
    classes: new Set(classes.slice(0, MOST_CLASSES)),
    parent,
  };
}
