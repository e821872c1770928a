/** An equation of Word's, which the library behind passes over; no answer has one as long as this. */
const LONGEST = 20_000;
const BEGIN = /<m:oMath(?:\s[^<>]{0,1000})?>/gu;
const END = '</m:oMath>';
const PIECE = /<(?<end>\/?)(?<name>[\w:]{1,40})\b[^<>]{0,1000}>|(?<text>[^<]+)/gu;
const PROPERTIES = /<w:rPr>.{0,2000}?<\/w:rPr>/su;
/** What stands between the parts of an equation in one line. */
const SIGNS: Readonly<Record<string, string>> = { 'm:sup': '^', 'm:den': '/', 'm:sub': '_' };

/** A document of Word whose equations are text in one line: "0.92^5", "9763/10000". They look as their first letters do. */
export function equationsAsText(document: string): string {
  let text = '';
  let at = 0;
  let end = 0;
  for (const { 0: tag, index } of document.matchAll(BEGIN)) {
    const from = index + tag.length;
    if (end < from) end = document.indexOf(END, from);
    if (end < 0) break;
    if (index < at || end - from > LONGEST) continue;
    const inner = document.slice(from, end);
    text += `${document.slice(at, index)}<w:r>${PROPERTIES.exec(inner)?.[0] ?? ''}<w:t xml:space="preserve">${inOneLine(inner)}</w:t></w:r>`;
    at = end + END.length;
  }
  const whole = text + document.slice(at);
  return whole.replaceAll(/<\/?m:oMathPara(?:\s[^<>]{0,1000})?>/gu, '');
}

function inOneLine(equation: string): string {
  let line = '';
  let isText = false;
  for (const { groups = {} } of equation.matchAll(PIECE)) {
    const { end, name, text } = groups;
    if (text !== undefined) line += isText ? text : '';
    else if (name === 'm:t') isText = end === '';
    else if (end === '') line += SIGNS[name ?? ''] ?? '';
  }
  return line;
}
