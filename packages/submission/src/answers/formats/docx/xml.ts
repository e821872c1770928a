import { Parser } from 'htmlparser2';

/** Word nests some dozens of elements; the library behind takes time with the square of their depth. */
const DEEPEST = 256;
const MOST_ELEMENTS = 200_000;
const MOST_ATTRIBUTES = 64;

/** Why a part of a Word document should not be handed to the library that reads it, or `null`. */
export function xmlObjection(xml: Uint8Array): string | null {
  let depth = 0;
  let elements = 0;
  const objections: string[] = [];
  const parser = new Parser(
    {
      onopentag(_, attributes) {
        depth += 1;
        elements += 1;
        if (depth > DEEPEST) stop(`its elements are nested more than ${DEEPEST} levels deep`);
        if (elements > MOST_ELEMENTS) stop(`it has more than ${MOST_ELEMENTS} elements`);
        if (Object.keys(attributes).length > MOST_ATTRIBUTES)
          stop('an element has too many attributes');
      },
      onclosetag() {
        depth -= 1;
      },
      onprocessinginstruction(name) {
        if (/^!doctype/iu.test(name)) stop('it declares a document type, which Word never does');
      },
    },
    { xmlMode: true },
  );
  const stop = (why: string): void => {
    objections.push(why);
    parser.pause();
  };
  const text = new TextDecoder('utf-8').decode(xml);
  for (let at = 0; at < text.length && objections.length === 0; at += PIECE) {
    parser.write(text.slice(at, at + PIECE));
  }
  return objections[0] ?? null;
}

const PIECE = 2 ** 14;
