/**
 * Decodes a text file as editors save them: UTF-8, UTF-16 with a byte order mark (Windows Notepad) or without (PowerShell, where
 * the text begins with letters below U+0100), and Windows-1252 for what is not valid UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const [first, second, third, fourth] = bytes;
  if (
    first !== undefined &&
    first !== 0 &&
    second === 0 &&
    third !== undefined &&
    third !== 0 &&
    fourth === 0
  ) {
    return new TextDecoder('utf-16le').decode(bytes);
  }
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) {
    return new TextDecoder('utf-16be').decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
