/**
 * What commander says of a wrong command line, as this command says it: who speaks, the option as it was typed, and what it
 * takes. Sentences of another form stay as they are.
 */
export function usageText(text: string): string {
  return text
    .replace(/^error: /u, 'labproof: ')
    .replace(
      /option '(?:-\w, )?(--[\w-]+)[^']*' argument '([^]*?)' is invalid\. /u,
      (_, option: string, value: string) => `${option} ${value === '' ? '""' : value}: `,
    )
    .replace(/Allowed choices are ([^\n]*)\.\n/u, 'it takes one of $1.\n')
    .replace(/required option '([^']*)' not specified/u, '$1 is missing.')
    .replace(/missing required argument '([^']*)'/u, '<$1> is missing.')
    .replace(/option '([^']*)' argument missing/u, '$1: the value is missing.')
    .replace(/unknown (option|command) '([^']*)'/u, 'there is no $1 "$2".');
}
