/** The parser alone of css-tree, whose published types are those of the whole library. */
declare module 'css-tree/parser' {
  /** A list of nodes that is linked. */
  interface NodeList {
    toArray(): CssNode[];
  }
  interface CssNode {
    readonly type: string;
    readonly name?: string | CssNode;
    readonly value?: string | CssNode | null;
    readonly property?: string;
    readonly important?: boolean | string;
    readonly matcher?: string | null;
    readonly prelude?: CssNode | null;
    readonly block?: CssNode | null;
    readonly children?: NodeList | null;
  }
  interface Options {
    readonly parseValue?: boolean;
    readonly parseAtrulePrelude?: boolean;
    readonly parseCustomProperty?: boolean;
    readonly positions?: boolean;
    readonly onParseError?: (error: Error) => void;
  }
  const parse: (source: string, options?: Options) => CssNode;
  export type { CssNode };
  export default parse;
}
