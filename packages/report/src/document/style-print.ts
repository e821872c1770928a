/** A4, nothing cut in two, headings with what they head; page numbers in the margin. */
export const PRINT_STYLE = `
@page{size:A4;margin:16mm 15mm 18mm;@bottom-left{font:400 8pt Inter,sans-serif;color:#4d5869;vertical-align:top;padding-top:4mm}@bottom-right{content:counter(page) " / " counter(pages);font:400 8pt Inter,sans-serif;color:#4d5869;vertical-align:top;padding-top:4mm}}
@media print{
html{font-size:9.6pt}
body{background:#fff}
.sheet,.sheet.wide{max-width:none;padding:0}
nav.contents,.skip,details.numbers,.search{display:none}
main>section{margin-top:2.2rem}
h1,h2,h3,h4,figcaption,.lead,summary,thead,.check>header,.check>p,.question>header{break-after:avoid}
#claims,.check:not(.long),.prose>p{break-inside:avoid}
.curves svg.chart{max-height:38mm}
.plot,.callout,.tiles,.digits li,tr,.files li,.alerts li,.legend,.check>header,.question>header,.masthead,.rubric li{break-inside:avoid}
.question{border-radius:0;border-width:1px 0 0;padding:1rem 0 0;background:none}
.plot,.tiles>div{background:none}
.plots{grid-template-columns:1fr 1fr;gap:.9rem}
.lab-text pre{white-space:pre-wrap;width:auto}
.lab-text table,.lab-text pre,.samples,.graded-by,.question:not(:has(.check)){break-inside:avoid}
.lab-text .scroll:has(pre){break-inside:avoid}
.model .stack,.stack:has(.plots),.tiles{break-inside:avoid}
svg.network{max-width:70%}
.model>header,svg.network{break-inside:avoid;break-after:avoid}
.files li{padding:.22rem 0}
.files .why,.files .role{font-size:.8125rem}
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
