import { COMPONENT_STYLE } from './style-components.ts';
import { PRINT_STYLE } from './style-print.ts';

/** Type, measure and the plain elements. Sizes in rem; the page never sets text below 12 CSS pixels. */
const BASE_STYLE = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--ink);font:400 1rem/1.55 Inter,system-ui,sans-serif;font-feature-settings:"cv05","ss03";overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,dl,dd,figure,blockquote,pre,table{margin:0;padding:0}
h1,h2,h3,h4{font-weight:600;line-height:1.2;text-wrap:balance}
h1{overflow:clip;overflow-clip-margin:.1em;font-size:clamp(1.7rem,1.2rem + 2vw,2.4rem);letter-spacing:-.022em}
h2{font-size:1.4rem;letter-spacing:-.015em}
h3{font-size:1.08rem;letter-spacing:-.008em}
h4{font-size:.94rem}
strong,b{font-weight:600}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2.5px solid var(--accent);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
code,pre,.mono{font-family:"JetBrains Mono",ui-monospace,monospace;font-size:.86em;font-feature-settings:"liga" 0,"calt" 0}
small,.small{font-size:.8125rem;line-height:1.45}
.muted{color:var(--muted)}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px;top:0;background:var(--surface);padding:.6rem 1rem;z-index:9}
.skip:focus{left:.5rem;top:.5rem}
ul,ol{padding-left:1.3em}
ul.plain{list-style:none;padding:0}
.num{font-variant-numeric:tabular-nums;white-space:nowrap}
.sheet{max-width:50rem;margin:0 auto;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2.5rem) 4rem}
.sheet.wide{max-width:66rem}
main>section{margin-top:3.2rem}
main>section>h2{padding-bottom:.55rem;border-bottom:2px solid var(--ink);margin-bottom:1.15rem}
main>section>h2+.lead{margin-top:-.35rem}
.lead{color:var(--muted);max-width:42rem;margin-bottom:1.1rem}
.stack>*+*{margin-top:1rem}
table{border-collapse:collapse;width:100%;overflow-wrap:break-word;font-variant-numeric:tabular-nums}
th{font-weight:600;text-align:left}
td,th{vertical-align:baseline;padding:.5rem .75rem .5rem 0}
td:last-child,th:last-child{padding-right:0}
thead th{white-space:nowrap;font-size:.8125rem;color:var(--muted);border-bottom:1px solid var(--axis);padding-top:0;vertical-align:bottom}
tbody td,tbody th{border-bottom:1px solid var(--line)}
td.right,th.right{text-align:right}
`;

/** The style sheet of every page. */
export const STYLE: string = [BASE_STYLE, COMPONENT_STYLE, PRINT_STYLE].join('\n');
