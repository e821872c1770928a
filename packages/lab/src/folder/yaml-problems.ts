import { isScalar, visit } from 'yaml';
import type { LocatedYaml, YamlError } from './located-yaml.ts';
import type { LabProblem } from './problem.ts';

/** Errors after which the rest of the file still has its meaning. */
const HARMLESS: ReadonlySet<YamlError['code']> = new Set(['DUPLICATE_KEY']);

const WORDS: Partial<Record<YamlError['code'], { message: string; instead: string }>> = {
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second colon stands on this line',
    instead: 'Put a text with ": " in it in quotes: title: "Colons: how to write them".',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'what should be "name: value" goes over several lines',
    instead:
      'Put the text in quotes, or write ">-" after the colon and the text below it, indented.',
  },
  BAD_SCALAR_START: {
    message: 'a text cannot begin with this character',
    instead: 'Put the text in quotes.',
  },
  TAB_AS_INDENT: {
    message: 'this line is indented with a tab',
    instead: 'Indent with spaces.',
  },
  BAD_INDENT: {
    message: 'the indentation does not fit what stands around it, or a bracket is not closed',
    instead: 'Indent fields of one thing by the same number of spaces, and close every bracket.',
  },
  BAD_ALIAS: {
    message: 'nothing above has this name',
    instead: 'Name the part that you mean with "&", before it is used with "*".',
  },
  UNEXPECTED_TOKEN: {
    message: 'this belongs to nothing that stands around it',
    instead:
      'Indent fields of one thing by the same number of spaces; put a text that goes on after its closing quote in quotes as a whole.',
  },
};

/**
 * What is wrong with a file before anybody asks what it means. Of errors that follow from each other the first is
 * given: after it nothing can be told.
 */
export function yamlProblems(yaml: LocatedYaml): readonly LabProblem[] {
  const { errors } = yaml;
  const harmless = errors.filter(({ code }) => HARMLESS.has(code));
  const first = errors.find(({ code }) => !HARMLESS.has(code));
  return [...harmless, ...(first === undefined ? [] : [first])].map((error) =>
    problemOf(yaml, error),
  );
}

function problemOf(yaml: LocatedYaml, { code, message, pos }: YamlError): LabProblem {
  const place = yaml.placeAt(pos[0]);
  if (code === 'DUPLICATE_KEY') {
    return { ...place, message: 'this field stands here twice', instead: 'Keep one of the two.' };
  }
  if (code === 'MISSING_CHAR' && message.includes('quote')) {
    const opened = yaml.placeAt(lastQuoteBefore(yaml, pos[0]));
    return { ...opened, message: 'this quote is not closed', instead: 'Close it.' };
  }
  const words = WORDS[code] ?? { message: `this cannot be read as YAML: ${message}`, instead: '' };
  return { ...place, ...words };
}

/** Where the quoted text begins that an error stands at the end of. */
function lastQuoteBefore(yaml: LocatedYaml, offset: number): number {
  let last = offset;
  visit(yaml.document, {
    Scalar(_, { type, range }) {
      if (range == null || range[0] >= offset) return;
      if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') last = range[0];
    },
  });
  return last;
}

/** What is read in another way than it looks: `Exercise #3` is the text `Exercise` with a comment. */
export function cutTexts(yaml: LocatedYaml): readonly LabProblem[] {
  const notes: LabProblem[] = [];
  visit(yaml.document, {
    Scalar(key, node) {
      if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
      const { comment, type, range } = node;
      if (type !== 'PLAIN' || comment == null || /^\s/u.test(comment) || range == null) return;
      notes.push({
        ...yaml.placeAt(range[0]),
        message: `this is read as "${node.value}": "#" begins a comment`,
        instead: `If it belongs to the text, put the text in quotes; else write a space after "#".`,
      });
    },
  });
  return notes;
}
