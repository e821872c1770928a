/** The parts that pages are made of. */
export const COMPONENT_STYLE = `
.masthead{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.4rem 2rem;align-items:end}
.eyebrow{color:var(--muted);font-size:.9rem}
.masthead .eyebrow{grid-column:1/-1}
.masthead .sub{color:var(--muted);font-size:.9rem;margin-top:.45rem}
.score{text-align:right;line-height:1}
.score b{font-size:clamp(2.6rem,2rem + 3vw,3.6rem);font-weight:600;letter-spacing:-.035em;color:var(--accent);font-variant-numeric:tabular-nums}
.score>span{color:var(--muted);font-size:1.05rem;white-space:nowrap}
.score p{margin-top:.55rem}
.masthead>.bar{grid-column:1/-1;height:.62rem;margin-top:.9rem}
.masthead>.barkey{grid-column:1/-1}
.badge{display:inline-flex;align-items:center;gap:.35em;border-radius:99px;padding:.2em .7em .2em .5em;font-size:.8125rem;line-height:1.3;font-weight:600;white-space:nowrap}
.badge svg{width:1.05em;height:1.05em;flex:none}
.badge.passed{color:var(--passed);background:var(--passed-soft)}
.badge.partial{color:var(--partial);background:var(--partial-soft)}
.badge.failed{color:var(--failed);background:var(--failed-soft)}
.badge.missing{color:var(--missing);background:var(--missing-soft)}
.badge.needs-review{color:var(--needs-review);background:var(--needs-review-soft)}
.badge.refused{color:var(--refused);background:var(--refused-soft)}
.badge.broken{color:var(--broken);background:var(--broken-soft)}
.bar{display:flex;height:.42rem;border-radius:99px;overflow:hidden;background:var(--missing-soft);box-shadow:inset 0 0 0 1px var(--line)}
.bar i{display:block;height:100%}
.bar .given{background:var(--reference)}
.bar .pending{background:repeating-linear-gradient(135deg,var(--reference) 0 2px,transparent 2px 5px)}
.barkey{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;color:var(--muted);font-size:.8125rem}
.glyphs{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin-top:.5rem}
.glyphs a{text-decoration:none}
.glyphs .badge{padding:.25em .6em .25em .45em;min-height:1.6rem}
.glyphs a:hover .badge{text-decoration:underline}
.barkey .bar{display:inline-block;width:1.4em;height:.6em;margin-right:.45em;vertical-align:baseline}
.callout{border-left:3px solid var(--accent);background:var(--sunken);padding:.65rem .95rem;border-radius:0 .4rem .4rem 0;max-width:44rem}
.callout.refused{border-color:var(--refused)}
.callout.broken{border-color:var(--failed)}
.callout.needs-review{border-color:var(--needs-review)}
.callout p+p{margin-top:.35rem}
nav.contents{margin-top:1.6rem;padding:.7rem 0;border-block:1px solid var(--line)}
nav.contents ul{display:flex;flex-wrap:wrap;gap:.35rem 1.35rem;list-style:none;padding:0;font-size:.9rem}
.files{list-style:none;padding:0;border-top:1px solid var(--line)}
.files li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.1fr);gap:.1rem 1.5rem;padding:.42rem 0;border-bottom:1px solid var(--line)}
.files .why{color:var(--muted);font-size:.875rem}
.files .role{font-weight:600;font-size:.875rem}
.questions td:first-child{width:100%;overflow-wrap:anywhere}
.question{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;padding:clamp(1rem,3vw,1.5rem);margin-top:1.1rem}
.question>:is(header,summary){display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.15rem 1.2rem;align-items:start}
.question .title>*{display:block}
.question .title .eyebrow{font-size:.8125rem}
.question .marks{text-align:right;display:grid;gap:.35rem;justify-items:end}
.question .marks b{font-size:1.08rem;font-variant-numeric:tabular-nums;white-space:nowrap}
.question.lost{border-left:4px solid var(--failed)}
.question.full{padding-block:.55rem;margin-top:.45rem}
.question.full>summary{cursor:pointer;align-items:center;list-style:none}
.question.full>summary::-webkit-details-marker{display:none}
.question.full>summary::before{content:"\\25B8";color:var(--muted)}
.question.full[open]>summary::before{content:"\\25BE"}
.question.full>summary{grid-template-columns:auto minmax(0,1fr) auto;gap:.15rem .7rem}
.question.full .title .eyebrow{font-size:.75rem;line-height:1.3}
.question.full .marks{display:flex;align-items:center;gap:.7rem}
.question.full>div{scroll-margin-top:4.5rem;padding-top:.2rem}
.question .prompt{margin-top:.7rem;color:var(--muted);max-width:44rem}
.question>.theirs,.question.full>div>.theirs{margin-top:.8rem}
.layers>summary{cursor:pointer}
.layers>summary>h4{display:inline}
.layers>.stack{margin-top:.8rem}
.more{margin-top:.5rem}
.more>summary{cursor:pointer;color:var(--muted);font-size:.8125rem;width:fit-content;padding-block:.2rem}
.question>p{margin-top:.6rem}
.check{margin-top:1rem;padding-top:1rem;border-top:1px solid var(--line)}
.check>header{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:center}
.check>header .num{color:var(--muted);font-size:.875rem;margin-left:auto}
.check>p{margin-top:.35rem;max-width:44rem}
.check>.callout{margin-top:.7rem}
.evidence{display:grid;grid-template-columns:minmax(7rem,10.5rem) minmax(0,1fr);gap:.45rem 1.1rem;margin-top:.85rem}
.evidence dt{color:var(--muted);font-size:.875rem;padding-top:.1em}
.evidence dd b{font-variant-numeric:tabular-nums}
.evidence dd small{display:block;color:var(--muted)}
.evidence dd table{margin-top:-.2rem}
.evidence dd td,.quote :is(td,th),.claims td:first-child,.links a,.students td.mono{overflow-wrap:anywhere}
.claims td:first-child{min-width:6rem}
.theirs{border:1px solid var(--axis);border-radius:.5rem;max-width:46rem;overflow:hidden}
.theirs>.whose{background:var(--sunken);color:var(--muted);border-bottom:1px solid var(--line);padding:.2rem .8rem;font-size:.8125rem;line-height:1.5}
.quote{padding:.7rem .9rem;overflow:auto hidden;contain:paint;position:relative}
.quote .katex-display>.katex{white-space:normal}
.quote>*+*{margin-top:.55em}
.quote .heading{font-weight:600}
.quote .picture{color:var(--muted);font-style:normal}
.quote pre{background:var(--sunken);border-radius:.4rem;padding:.6rem .8rem;white-space:pre-wrap}
.quote table{width:auto;display:block;max-width:100%;overflow-x:auto}
.quote td,.quote th{padding:.2rem 1rem .2rem 0}
.quote blockquote{border-left:2px solid var(--line);padding-left:.7rem}
.quote .katex-display{margin:.6em 0;overflow:auto hidden;padding-block:.2em}
.quote .own{margin:.6rem 0 0;max-width:32rem}
.quote .own img{display:block;max-width:100%;height:auto;background:#fff;border-radius:.25rem}
.quote .own figcaption{color:var(--muted);font-size:.75rem;margin-top:.2rem}
.quote .katex{font-size:1.08em}
.rubric{padding-left:1.1em}
.rubric li{padding:.1rem 0}
.digest{user-select:all;cursor:copy}
.differs{background:var(--partial-soft);color:var(--partial);border-radius:.25rem;padding:.05em .4em;font-weight:600}
.absent{color:var(--muted)}
.model{margin-top:2.2rem}
.model>*+*{margin-top:1.1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(9.5rem,100%),1fr));gap:.75rem}
.tiles>div{background:var(--surface);border:1px solid var(--line);border-radius:.65rem;padding:.8rem .95rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
.tiles dd{font-size:1.42rem;font-weight:600;letter-spacing:-.02em;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles dd small{display:block;font-weight:400;letter-spacing:0;color:var(--muted);margin-top:.15rem}
.tiles dt{color:var(--muted);font-size:.8125rem;margin-top:.1rem}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.3rem 1.2rem;align-items:start}
.plot{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;padding:.9rem .8rem .7rem}
.plot>figcaption{font-weight:600;font-size:.94rem;padding:0 .3rem;margin-bottom:.45rem}
.plot>p{font-size:.875rem;color:var(--muted);padding:0 .3rem;margin-top:.3rem}
.plot>ol{font-size:.875rem;margin:.3rem .3rem 0}
svg.chart{display:block;width:100%;height:auto;max-width:26rem;margin-inline:auto}
.plot.whole{grid-column:1/-1}
.plot.whole svg.chart{width:100%;max-width:46rem;min-width:40rem}
svg.network{display:block;width:100%;height:auto;max-width:38rem}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.2rem;list-style:none;padding:0;font-size:.875rem;color:var(--muted)}
.legend svg{vertical-align:-.05em;margin-right:.45em}
details.numbers{margin-top:.4rem;font-size:.8125rem}
details.numbers>summary{cursor:pointer;color:var(--muted);padding:.25rem .3rem;width:max-content}
.scroll{overflow-x:auto;position:relative}
table.data td,table.data th{padding:.25rem .9rem .25rem 0;white-space:nowrap}
table.data tbody th{font-weight:400}
table.data tbody th small{display:block;color:var(--muted)}
table.data td{text-align:right}
table.data thead th:not(:first-child){text-align:right}
.wrap table.data td:last-child{white-space:normal;overflow-wrap:anywhere;min-width:14rem;font-size:.875rem}
.wrap table.data :is(td,th):last-child{text-align:left}
table.left td,table.left thead th:not(:first-child){text-align:left}
.digits p{overflow-wrap:normal}
.digits{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(6.3rem,28%),1fr));gap:.9rem .7rem;list-style:none;padding:0}
.digits .pixels{display:block;width:4.4rem;aspect-ratio:1;background-repeat:no-repeat;image-rendering:pixelated;border-radius:.35rem;box-shadow:0 0 0 1px var(--line);-webkit-print-color-adjust:exact;print-color-adjust:exact}
.digits p{font-size:.8125rem;line-height:1.4;margin-top:.3rem}
.digits p b{font-size:.875rem}
.meanings{display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1.2rem;align-items:start}
.prose>p+p{margin-top:.7rem}
.prose{max-width:44rem}
.provenance{display:grid;grid-template-columns:minmax(8rem,13rem) minmax(0,1fr);gap:.4rem 1.1rem;font-size:.875rem}
.provenance dt{color:var(--muted)}
.provenance ol.plain{padding:0;list-style:none}
.command{display:block;background:var(--sunken);border-radius:.4rem;padding:.4rem .7rem;margin-top:.3rem}
.alerts{display:grid;gap:.8rem;list-style:none;padding:0}
.alerts li{background:var(--surface);border:1px solid var(--line);border-left:4px solid var(--failed);border-radius:.5rem;padding:.8rem 1rem;display:grid;gap:.3rem;justify-items:start}
.alerts li.refused{border-left-color:var(--refused)}
.alerts li.needs-review{border-left-color:var(--needs-review)}
.search{display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:center;margin-bottom:.9rem}
.search input{font:inherit;color:inherit;background:var(--surface);border:1px solid var(--axis);border-radius:.45rem;padding:.4rem .7rem;width:min(100%,20rem)}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit;min-height:1.5rem}
th button::after{content:"";display:inline-block;width:.55em;margin-left:.35em}
@media screen{th.right button{margin-right:-.9em}}
th[aria-sort=ascending] button::after{content:"\\2191"}
th[aria-sort=descending] button::after{content:"\\2193"}
.students td,.students th{white-space:nowrap}
.students .q{padding-inline:.15rem;min-width:2.1rem}
.students .q a{display:block;padding:.15rem .25rem;min-height:1.6rem;color:inherit;text-decoration:none}
.students .q a:hover{text-decoration:underline}
.students .q .word{font-size:.75rem;color:var(--muted)}
.students td.name{white-space:normal;min-width:9rem;overflow-wrap:anywhere}
.students td.mono{white-space:normal;min-width:7rem}
.students td.name,.students th:first-child{position:sticky;left:0;background:var(--page)}
.cards td:first-child{overflow-wrap:anywhere;min-width:10rem}
.cards td:last-child{min-width:9rem}
.links a{min-width:0}
.rest>summary{cursor:pointer;color:var(--muted);font-size:.875rem;width:fit-content;padding-block:.25rem}
.lab-text>*+*{margin-top:.8rem}
.lab-text h3{margin-top:1.9rem}
.lab-text h4{margin-top:1.4rem}
.lab-text>p,.lab-text>ul,.lab-text>ol{max-width:44rem}
.lab-text li+li{margin-top:.3rem}
.lab-text pre{background:var(--sunken);border-radius:.5rem;padding:.8rem 1rem;width:max-content;min-width:100%;line-height:1.5}
.lab-text blockquote{border-left:2px solid var(--line);padding-left:.9rem}
.lab-text td,.lab-text th{padding:.35rem 1.2rem .35rem 0}
.lab-text table{width:auto;min-width:24rem;max-width:100%}
.lab-text :not(pre)>code{background:var(--sunken);border-radius:.25rem;padding:.08em .3em}
.question .lab-text{margin-top:.6rem}
.graded-by{list-style:none;padding:.7rem 0 0;margin-top:.8rem;border-top:1px solid var(--line);color:var(--muted);font-size:.875rem}
.graded-by li{display:grid;grid-template-columns:2.2rem 1fr}
.graded-by .num{font-weight:600;color:var(--ink)}
.samples{margin-bottom:1.6rem}
.samples figcaption{color:var(--muted);font-size:.875rem;margin-bottom:.5rem}
.samples svg{display:block;width:100%;height:auto;image-rendering:pixelated;border-radius:.5rem}
.samples .classes li{overflow-wrap:normal}
.samples .classes{display:grid;list-style:none;padding:.3rem 0 0;text-align:center;font-size:.8125rem;color:var(--muted)}
.calendar{width:auto}
.calendar th,.calendar td{padding:.15rem .12rem;text-align:center;border:0}
.calendar thead th{font-weight:400;font-size:.75rem;padding-bottom:.2rem;border:0}
.calendar thead tr:first-child th{text-align:left;border-left:1px solid var(--line);padding-left:.3rem;font-weight:600}
.calendar tbody th{font-weight:400;text-align:left;padding-right:1rem;white-space:nowrap;vertical-align:middle}
.calendar tbody td,.legend .cell{min-width:1.35rem;border-radius:.28rem;font-size:.75rem;line-height:1.3rem}
.calendar tbody td{border:1.5px solid var(--page)}
.legend .cell{display:inline-block;width:1.35rem;text-align:center;margin-right:.35em}
.calendar+*,.scroll+.legend{margin-top:.8rem}
.calendar .passed,.cell.passed{color:var(--passed);background:var(--passed-soft)}
.calendar .partial,.cell.partial{color:var(--partial);background:var(--partial-soft)}
.calendar .failed,.cell.failed{color:var(--failed);background:var(--failed-soft)}
.calendar .missing,.cell.missing{color:var(--missing);background:var(--missing-soft)}
.alerts li.finding{border-left-color:var(--needs-review);justify-items:stretch}
.finding summary{cursor:pointer;color:var(--muted);font-size:.875rem;width:max-content}
.excerpts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:.8rem 1.4rem;margin-top:.6rem}
.rubric small{display:block;color:var(--muted)}
.alerts li.partial{border-left-color:var(--partial)}
.note{margin-top:.6rem;max-width:44rem}
.links{display:inline-flex;flex-wrap:wrap;gap:.1rem .8rem}
@media (max-width:40rem){
.samples .classes.words{display:flex!important;flex-wrap:wrap;gap:.1rem .8rem;text-align:left}
.digits.words{grid-template-columns:repeat(auto-fill,minmax(min(8rem,44%),1fr))}
.cards td:first-child,.cards td:last-child{min-width:0}
.evidence dd th{white-space:normal;overflow-wrap:anywhere}
.badge{white-space:normal;border-radius:1em}
.scroll>table:not(.data){min-width:34rem}
table.cards,table.cards tbody,table.cards tr,table.cards td{display:block;padding-right:0}
table.cards thead{display:none}
table.cards tr{border-bottom:1px solid var(--line);padding:.7rem 0}
table.cards td{border:0;padding:.12rem 0;text-align:left}
table.cards td[data-label]::before{content:attr(data-label) " ";color:var(--muted);font-size:.8125rem}
.masthead{grid-template-columns:minmax(0,1fr)}
.question>header{grid-template-columns:minmax(0,1fr)}
.question.full>summary{grid-template-columns:auto minmax(0,1fr)}
.question .marks,.question.full .marks{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .7rem;justify-content:flex-start}
.question.full .marks{grid-column:2}
.score{text-align:left}
.files li{grid-template-columns:minmax(0,1fr)}
.evidence{grid-template-columns:minmax(0,1fr);gap:.1rem}
.evidence dd{margin-bottom:.55rem}
.provenance{grid-template-columns:minmax(0,1fr);gap:.05rem}
.provenance dd{margin-bottom:.5rem}
.meanings{grid-template-columns:minmax(0,1fr);gap:.2rem}
.meanings dd{margin-bottom:.5rem}
.plot{padding-inline:.35rem}
}
`;
