/** A picture that an answer shows. */
export interface ImageReference {
  /** As written: a relative path, a URL, or a data URI. */
  readonly target: string;
  readonly alt: string;
  /** It may be among the drawings of a PDF, which are not read. */
  readonly inPdf?: true;
}

/** Text that stands in the document and that its writer took back, or hid from whoever looks at it. */
export interface UnsaidText {
  readonly text: string;
  readonly why: 'struck' | 'hidden';
}

/** One line of a block as text without its markup. */
export interface TextLine {
  /** What a reader of the page sees and is meant to read. */
  readonly text: string;
  /** What was struck out or made invisible in it. */
  readonly unsaid?: readonly UnsaidText[];
  /** The line begins in bold. */
  readonly bold: boolean;
  readonly images: readonly ImageReference[];
}

/** A block of a document, in reading order, with nested lists and quotes flattened. */
export interface AnswerBlock {
  /** `output` is what a program printed or drew. */
  readonly kind: 'heading' | 'paragraph' | 'table' | 'code' | 'output' | 'html' | 'rule';
  /** A program made it: its numbers are results, its words nobody's answer. */
  readonly printed: boolean;
  /** 1…6 for headings, else 0. */
  readonly level: number;
  /** A heading made by a line of dashes under a paragraph, which is often an accident. */
  readonly underlined: boolean;
  readonly quoted: boolean;
  /** Number of the outermost ordered list's item that this block begins, else `null`. */
  readonly item: number | null;
  /** How many lists it stands in, one within the other; absent outside of lists. */
  readonly depth?: number;
  readonly lines: readonly TextLine[];
  /** Cells as text, the header row first; empty unless it is a table. */
  readonly rows: readonly (readonly string[])[];
  /** Language of a code block, lower case; empty where none is named. */
  readonly language: string;
  /** The block as it stands in the document. */
  readonly source: string;
}
