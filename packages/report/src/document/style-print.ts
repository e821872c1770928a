/** A4, nothing cut in two, headings with what they head; page numbers in the margin. */
export const PRINT_STYLE = `
@page{size:A4;margin:14mm 15mm 16mm;@bottom-left{font:400 8pt Inter,sans-serif;color:#4d5869;vertical-align:top;padding-top:4mm}@bottom-right{content:counter(page) " / " counter(pages);font:400 8pt Inter,sans-serif;color:#4d5869;vertical-align:top;padding-top:4mm}}
@media print{
html{font-size:9.3pt}
body{background:#fff}
.sheet,.sheet.wide{max-width:none;padding:0}
nav.contents,.skip,details:is(.numbers,.more,.layers),.search,.question.full>div,.question.full>summary::before{display:none}
.question.waiting :is(.prompt,.check.quiet,.check .evidence),.check.quiet .evidence{display:none}
main>section{margin-top:1.7rem}
main>section>h2{margin-bottom:.8rem}
h1,h2,h3,h4,figcaption,.lead,summary,thead,.check>header,.check>p,.question>:is(header,summary){break-after:avoid}
#claims,.check:not(.long),.prose>p{break-inside:avoid}
.curves svg.chart{max-height:25mm}
.plots:not(.curves) svg.chart{max-height:54mm}
.plot>ol{display:flex;flex-wrap:wrap;gap:0 1rem;list-style:none;padding:0}
.model .stack>*+*{margin-top:.45rem}
.model>*+*{margin-top:.6rem}
.model{margin-top:1.4rem}
.model .plot{padding:.5rem .6rem .3rem}
.digits li:nth-child(n+9){display:none}
.model .tiles{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem}
.model .tiles>div{padding:0;border:0;flex-direction:row-reverse;align-items:baseline;gap:.5rem}
.model .tiles dd{font-size:1rem}
.plot,.callout,.tiles,.digits li,tr,.files li,.alerts li,.legend,.check>header,.question>:is(header,summary),.masthead,.rubric li{break-inside:avoid}
.question{border-radius:0;border-width:1px 0 0;padding:.6rem 0 0;margin-top:.65rem;background:none}
.question.lost{border-left-width:0}
.question.full{margin-top:0;padding:.25rem 0}
.question.full>summary{grid-template-columns:minmax(0,1fr) auto}
.question .title>*{display:inline}
.question .marks{display:flex;align-items:baseline;gap:.7rem}
.question>.theirs{margin-top:.5rem}
.question .prompt{font-size:.875rem;max-width:none;margin-top:.3rem}
.question .prompt>*{max-width:none}
.check>p{max-width:none;margin-top:.2rem}
.check>.callout{margin-top:.35rem;padding:.35rem .8rem;max-width:none}
.evidence{gap:.2rem 1.1rem;margin-top:.4rem}
.theirs{max-width:none;overflow:clip}
.theirs>.whose{font-size:.75rem;line-height:1.3;padding-block:.05rem}
.quote{padding:.35rem .8rem;overflow:clip}
.quote .own{break-inside:avoid}
.quote .own img{max-height:36mm;width:auto}
.quote pre code{font-size:1em}
.quote pre{font-size:.8em;padding:.35rem .6rem}
.waiting .quote{font-size:.875em}
.check{margin-top:.5rem;padding-top:.5rem}
.check.passed{display:grid;grid-template-columns:11rem minmax(0,1fr) auto;gap:0 1rem;align-items:baseline;margin-top:.3rem;padding-top:.3rem}
.check.passed>header{display:contents}
.check.passed>header .num{grid-column:3}
.check.passed>p{grid-column:2;grid-row:1;margin:0;max-width:none;font-size:.875rem}
.check.passed .badge{display:none}
.check+.check,.theirs+.check{border-top-color:transparent}
.plot,.tiles>div{background:none}
.plots{grid-template-columns:1fr 1fr;gap:.9rem}
.lab-text pre{white-space:pre-wrap;width:auto}
.lab-text table,.lab-text pre,.samples,.graded-by,.question:not(:has(.check)){break-inside:avoid}
.lab-text .scroll:has(pre){break-inside:avoid}
.model .stack,.stack:has(.plots),.tiles{break-inside:avoid}
svg.network{max-width:70%}
.model>header,svg.network{break-inside:avoid;break-after:avoid}
.files li{padding:.12rem 0;grid-template-columns:minmax(0,1fr) minmax(0,1.5fr)}
.files :is(.mono,.why,.role){font-size:.75rem}
.meanings{grid-template-columns:max-content 1fr max-content 1fr;gap:.3rem .8rem;font-size:.8125rem}
#reading .prose{font-size:.8125rem;max-width:none}
.provenance{font-size:.8125rem}
#reading .prose>p+p{margin-top:.35rem}
.provenance{gap:.2rem 1.1rem}
.command{padding:.15rem .5rem;margin-top:.15rem}
.students-page{page:landscape}
.students td.name,.students th:first-child{position:static;background:none}
@page landscape{size:A4 landscape}
.model>.scroll,.provenance{break-inside:avoid}
.digits{grid-template-columns:repeat(8,1fr)}
.digits .pixels{width:100%;max-width:4rem}
p,li,dd{orphans:3;widows:3}
a{color:inherit;text-decoration:none}
.scroll{overflow:visible}
.calendar tbody td{min-width:0;font-size:.55rem;line-height:1.1rem;padding-inline:0}
.calendar thead th{font-size:.55rem;padding-inline:.05rem}
.calendar tbody th{padding-right:.4rem}
.calendar td,.cell,.bar,.badge,.callout,.differs,.quote pre{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
