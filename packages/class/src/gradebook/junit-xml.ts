import { escapeXml } from '@labproof/submission';

/** A test case of a suite, with what is said of it where it did not pass. */
export interface JUnitCase {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  /** In a word or two; `null` for none. */
  readonly message: string | null;
  readonly text: string;
  /** For readers that pass over everything else. */
  readonly out: string | null;
}

export interface JUnitSuite {
  readonly name: string;
  readonly properties: readonly (readonly [string, string])[];
  readonly cases: readonly JUnitCase[];
  readonly out: string;
}

/** JUnit XML as CI systems read it: everything escaped, suites and cases in the order given. */
export function junitXml(title: string, suites: readonly JUnitSuite[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escapeXml(title)}">\n${suites.map(suiteXml).join('')}</testsuites>\n`;
}

function suiteXml({ name, properties, cases, out }: JUnitSuite): string {
  const count = (result: JUnitCase['result']): number =>
    cases.filter((other) => other.result === result).length;
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}">\n`,
    ...(properties.length === 0
      ? []
      : [
          '    <properties>\n',
          ...properties.map(
            ([fact, value]) =>
              `      <property name="${escapeXml(fact)}" value="${escapeXml(value)}"/>\n`,
          ),
          '    </properties>\n',
        ]),
    ...cases.map((entry) => caseXml(name, entry)),
    `    <system-out>${escapeXml(out)}</system-out>\n`,
    '  </testsuite>\n',
  ].join('');
}

function caseXml(suite: string, { name, result, message, text, out }: JUnitCase): string {
  const open = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}"`;
  const said = message === null ? '' : ` message="${escapeXml(message)}"`;
  const inside =
    result === 'passed'
      ? ''
      : text === ''
        ? `<${result}${said}/>`
        : `<${result}${said}>${escapeXml(text)}</${result}>`;
  const output = out === null ? '' : `<system-out>${escapeXml(out)}</system-out>`;
  return inside + output === '' ? `${open}/>\n` : `${open}>${inside}${output}</testcase>\n`;
}
