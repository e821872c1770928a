/** Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links) and the two-character ones. */
const ESCAPES =
  // oxlint-disable-next-line no-control-regex
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])|\u009B[0-?]*[ -/]*[@-~]/gu;
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0007\u000B\u000C\u000E-\u001F\u007F]/gu;

/**
 * What a terminal would show of a program's output: escape sequences are dropped, backspaces and carriage returns
 * move back in the line, and what comes next overwrites. Progress bars end up as their last state.
 */
export function terminalText(output: string): string {
  return output
    .replaceAll('\r\n', '\n')
    .replaceAll(ESCAPES, '')
    .split('\n')
    .map((line) => replay(line).replaceAll(CONTROLS, ''))
    .join('\n');
}

function replay(line: string): string {
  if (!line.includes('\b') && !line.includes('\r')) return line;
  const shown: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === '\r') column = 0;
    else if (character === '\b') column = Math.max(0, column - 1);
    else {
      shown[column] = character;
      column += 1;
    }
  }
  return shown.join('').trimEnd();
}
