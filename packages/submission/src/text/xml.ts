// oxlint-disable-next-line no-control-regex
const NOT_PLAIN = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;
/** What stands for a character; one that XML 1.0 does not allow, or half of one, is dropped. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Escapes text for the content and the attribute values of XML and HTML; drops characters that XML 1.0 does not allow. */
export function escapeXml(text: string): string {
  return text.replace(NOT_PLAIN, (character) => ENTITIES.get(character) ?? '');
}
