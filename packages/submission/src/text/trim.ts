/**
 * `text` without the characters of `edge` at its end. A pattern such as `[\s*]+$` would look at a long run of them
 * once for each place in it; this looks once.
 */
export function trimEndOf(text: string, edge: RegExp): string {
  let end = text.length;
  while (end > 0 && edge.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** `text` without the characters of `edge` at its beginning and at its end; `edge` matches one UTF-16 code unit. */
export function trimOf(text: string, edge: RegExp): string {
  let start = 0;
  while (start < text.length && edge.test(text.charAt(start))) start += 1;
  return trimEndOf(text.slice(start), edge);
}
