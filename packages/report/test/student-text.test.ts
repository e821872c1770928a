import { describe, expect, it } from 'vitest';
import { oneLine, renderStudentText } from '../src/parts/answers/student-text.ts';
import { ATTACKS } from './synthetic/attacks.ts';
import { inspectHtml } from './synthetic/inspect-html.ts';

const render = (text: string): string => renderStudentText(text).text;

describe('Markdown of a student', () => {
  it('keeps what writing needs', () => {
    const html = render(
      '# Title\n\n**bold** and *slanted*, `code`\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    );
    expect(html).toContain('<p class="heading">Title</p>');
    expect(html).toContain('<strong>bold</strong>');
    expect(html).toContain('<code>code</code>');
    expect(html).toContain('<li>one</li>');
    expect(html).toContain('<td>2</td>');
  });

  it('sets formulas and leaves prices alone', () => {
    expect(render('The sum $a^2$ is')).toContain('class="katex"');
    expect(render('$$\n\\frac{1}{2}\n$$')).toContain('katex-display');
    expect(render('It costs $5 and $6.')).not.toContain('katex');
    expect(render('`$a$`')).not.toContain('katex');
  });

  it('shows where a link leads without leading there', () => {
    const html = render('[the data](https://example.org/mnist)');
    expect(html).toContain('the data (<code>https://example.org/mnist</code>)');
    expect(html).not.toContain('href');
  });

  it('says that a picture stands there', () => {
    expect(render('![my curves](curves.png)')).toContain('[picture: my curves]');
  });

  it('cuts what is too long and says so', () => {
    expect(render('a '.repeat(30_000))).toContain('The text goes on');
  });

  it('sets a bounded number of formulas', () => {
    expect([...render('$x$ '.repeat(4000)).matchAll(/class="katex"/g)].length).toBeLessThanOrEqual(
      150,
    );
  });

  it.each(ATTACKS.map((attack) => [attack]))('takes the sting out of %j', (attack) => {
    const found = inspectHtml(render(attack.replaceAll('HOST', 'attacker.test')));
    expect(found).toEqual({ active: [], handlers: [], addresses: [], ids: [] });
  });
});

describe('a single line of a student', () => {
  it('loses control characters and what is too long', () => {
    expect(oneLine('a\u0000b\u001b[31m\nc')).toBe('a b [31m c');
    expect(oneLine('x'.repeat(300))).toHaveLength(200);
    expect(oneLine('👩🏽‍💻'.repeat(100), 10).endsWith('…')).toBe(true);
  });
});
