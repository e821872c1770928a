const DATE = /\/(?:CreationDate|ModDate) \(D:(\d{14})/g;
const NODE = /\(node(\d{8})\)/g;

/**
 * Makes a PDF of Chromium depend on its page alone: sets its dates, and renumbers the names of table headers,
 * which count the elements that the browser has seen so far, by their rank. Everything new is as long as what
 * it replaces, so no object moves and the cross-reference table stays true.
 *
 * @param date seconds since 1970, UTC
 */
export function stabilisePdf(pdf: Uint8Array, date: number): Uint8Array {
  const buffer = Buffer.from(pdf);
  // Latin-1 maps every byte to one character, so positions in the text are positions in the file.
  const text = buffer.toString('latin1');
  const stamp = new Date(date * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
  for (const match of text.matchAll(DATE)) {
    buffer.write(stamp, match.index + match[0].length - stamp.length, 'latin1');
  }
  const nodes = [...text.matchAll(NODE)];
  const numbers = [...new Set(nodes.map(([, number = '']) => number))].toSorted();
  const rank = new Map(
    numbers.map((number, index) => [number, String(index + 1).padStart(8, '0')]),
  );
  for (const { index, 1: number = '' } of nodes) {
    buffer.write(rank.get(number) ?? number, index + '(node'.length, 'latin1');
  }
  return new Uint8Array(buffer);
}
