/** Elements whose content nobody reads on the page. */
const UNSEEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'nav',
  'button',
  'select',
  'textarea',
  'svg',
  // The same once more, for programs.
  'annotation',
  'annotation-xml',
  'mphantom',
  'object',
  'iframe',
  'footer',
]);
/** Parts of exported notebooks and of R Markdown pages that are not the student's: prompts, anchors, contents. */
const UNSEEN_CLASSES = new Set([
  'anchor-link',
  'anchorjs-link',
  'prompt',
  'jp-InputPrompt',
  'jp-OutputPrompt',
  'jp-Collapser',
  'input_prompt',
  'output_prompt',
  'header-section-number',
  'katex-html',
  'MathJax_Preview',
  'MJX_Assistive_MathML',
  'tocify',
  'code-folding-btn',
  'sourceLineNumber',
  'lineno',
  'linenos',
  'cell-decorator',
]);
const OUTPUT_CLASSES = new Set([
  'jp-OutputArea-output',
  'output_area',
  'output_subarea',
  'output_text',
  'output_stream',
  'cell-output',
  'output',
]);
const CODE_CLASSES = new Set([
  'jp-InputArea',
  'input_area',
  'input',
  'highlight',
  'sourceCode',
  'cell-code',
  'code_cell',
]);
const LANGUAGES = new Set([
  'r',
  'python',
  'py',
  'python3',
  'ipython3',
  'ipython',
  'bash',
  'sh',
  'julia',
  'sql',
]);

/** What the names on an element say about what is inside. */
export interface ElementRole {
  /** It holds no text of the page. */
  readonly unseen: boolean;
  /** What a `pre` inside holds; `null` when this element does not say. */
  readonly holds: 'code' | 'output' | null;
  /** Notebook's error stream: progress bars and warnings, not results. */
  readonly isErrorStream: boolean;
  readonly language: string;
}

/** Reads an element's name, classes and a few attributes. */
export function elementRole(
  name: string,
  attributes: Readonly<Record<string, string>>,
): ElementRole {
  const classes = (attributes['class'] ?? '').slice(0, 1000).split(/\s+/u);
  const unseen =
    UNSEEN.has(name) ||
    /^toc$/iu.test(attributes['id'] ?? '') ||
    classes.some((own) => UNSEEN_CLASSES.has(own));
  const isOutput = classes.some((own) => OUTPUT_CLASSES.has(own));
  const isCode = classes.some((own) => CODE_CLASSES.has(own));
  return {
    unseen,
    holds: isOutput ? 'output' : isCode ? 'code' : null,
    isErrorStream:
      classes.includes('output_stderr') ||
      attributes['data-mime-type'] === 'application/vnd.jupyter.stderr',
    language: languageIn(classes),
  };
}

function languageIn(classes: readonly string[]): string {
  for (const own of classes) {
    const name = own.toLowerCase().replace(/^(?:language-|lang-|hl-|highlight-)/u, '');
    if (LANGUAGES.has(name))
      return name.startsWith('py') || name.startsWith('ipy') ? 'python' : name;
  }
  return '';
}
