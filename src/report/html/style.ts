// The report's one style sheet.

/** The line at the foot of every printed page. No character of the text can end the string or the sheet. */
export function printFooter(text: string): string {
  const safe = Array.from(text, (each) =>
    /[\p{L}\p{N} .,-]/u.test(each) ? each : `\\${(each.codePointAt(0) ?? 0x20).toString(16)} `,
  );
  return `@page { @bottom-left { content: "${safe.join('')}"; font: 8pt sans-serif; color: #5a616b } }\n`;
}

/**
 * The report's one style sheet: fonts of the reader's own machine, light and dark, desk and telephone, and paper, which stays
 * white and has every fold opened. Its hash is in the page's policy.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --canvas: #efede8; --ink: #1d2229; --quiet: #5a616b; --rule: #dedad2; --soft: #f8f7f4; --code: #f3f1ec;
  --accent: #1d4f80;
  --critical: #8c1a2b; --high: #a8440f; --medium: #775a00; --low: #2a5d8c; --info: #57616d; --good: #2f7d5b; --neutral: #7d858f;
  --critical-ink: #8c1a2b; --high-ink: #a03f0c; --medium-ink: #6f5400; --low-ink: #2a5d8c; --info-ink: #57616d;
  --sans: -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, "Times New Roman", serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #181c21; --canvas: #0f1215; --ink: #e3e5e8; --quiet: #a5adb7; --rule: #343b44; --soft: #1f242a; --code: #232930;
    --accent: #93bfe9;
    --critical: #a3273b; --high: #a8480f; --medium: #7c5f00; --low: #2f6698; --info: #5a6571; --good: #3f9a72; --neutral: #8c959f;
    --critical-ink: #ff9ba8; --high-ink: #f5ab7c; --medium-ink: #e2c25c; --low-ink: #93bfe9; --info-ink: #b4bcc6;
  }
}
.s-critical { --sev: var(--critical); --sev-ink: var(--critical-ink) }
.s-high { --sev: var(--high); --sev-ink: var(--high-ink) }
.s-medium { --sev: var(--medium); --sev-ink: var(--medium-ink) }
.s-low { --sev: var(--low); --sev-ink: var(--low-ink) }
.s-info, .none { --sev: var(--info); --sev-ink: var(--info-ink) }
.s-good { --sev: var(--good) }
.s-neutral { --sev: var(--neutral) }

*, *::before, *::after { box-sizing: border-box }
html { background: var(--canvas); -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0 auto; max-width: 64rem; padding: 2rem clamp(1.15rem, 6.5vw, 5.5rem) 3rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere;
}
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.25; text-wrap: pretty }
h1 { text-wrap: balance }
h1 { margin: 0; font-size: clamp(2rem, 6vw, 2.9rem); line-height: 1.12; letter-spacing: -.012em }
h2 { margin: 0 0 1.1rem; font-size: 1.55rem }
h3 { margin: 0 0 .7rem; font-size: 1.2rem }
h4 { margin: 1.6rem 0 .4rem; font: 650 .94rem/1.4 var(--sans) }
p, ul, ol, dl, pre { margin: 0 0 .9rem }
a { color: var(--accent); text-underline-offset: .16em; text-decoration-thickness: 1px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
code, pre, .hash { font-family: var(--mono); font-size: .86em }
code { unicode-bidi: isolate; background: var(--code); border-radius: 3px; padding: .08em .3em; box-decoration-break: clone; -webkit-box-decoration-break: clone }
pre { background: var(--code); border-radius: 4px; padding: .7rem .9rem; line-height: 1.5; white-space: pre-wrap; unicode-bidi: plaintext }
section > p { max-width: 46rem }
.quiet, .more { color: var(--quiet); font-size: .9rem }
.count { color: var(--quiet); font-weight: 400; font-size: .8em; font-variant-numeric: tabular-nums }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; left: -999rem }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem }
.chip {
  display: inline-block; padding: .12em .6em; border-radius: 3px; background: var(--sev); color: #fff; vertical-align: .12em;
  font: 650 .7rem/1.5 var(--sans); letter-spacing: .07em; text-transform: uppercase; white-space: nowrap; margin-right: .3em;
}

.masthead { margin-bottom: 1.2rem }
.kicker { margin: 0 0 .3rem; font-weight: 650; letter-spacing: .01em }
.kicker span { color: var(--quiet); font-weight: 400; margin-left: .5em }
.legal { margin: .2rem 0 0; color: var(--quiet); font-size: 1.05rem }
.masthead .terms { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .8rem 2rem; margin: .9rem 0 0; padding-top: .7rem; border-top: 1px solid var(--rule) }
.masthead .terms div { display: block; padding: 0; border: 0 }
.masthead .terms dd { line-height: 1.4 }
.terms { font-size: .94rem }
.terms div { display: grid; grid-template-columns: minmax(7.5rem, 10rem) 1fr; gap: 0 1.2rem; padding: .2rem 0; align-items: baseline }
dt { color: var(--quiet) }
.terms dt { font-size: .88rem }
dd { margin: 0 }

.gaps { margin: 0 0 2rem; padding: 1.1rem 1.4rem .5rem; border: 1px solid var(--high-ink); border-radius: 4px }
.narrowed { margin: 0 0 2rem; padding: .6rem 1.4rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--soft) }
.gaps h2 { font-size: 1.2rem; margin-bottom: .4rem; color: var(--high-ink) }
.gaps ul { padding-left: 1.2rem }

.lead { padding: 1rem clamp(1.1rem, 3vw, 2rem) .8rem; background: var(--soft); border: 1px solid var(--rule); border-top: 5px solid var(--sev); border-radius: 4px }
.lead h2 { font-size: clamp(1.3rem, 3.4vw, 1.55rem); line-height: 1.25; margin-bottom: .5rem }
.lead h2 .chip { font-size: .78rem }
.lead h2 + p { margin-top: 0 }
.lead > p { max-width: none; margin-bottom: .5rem; line-height: 1.5 }
.lead h3 { font: 650 1rem/1.4 var(--sans); margin: .9rem 0 .4rem }

nav { margin: 1.8rem 0 0 }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: 0; padding: 0; font-size: .92rem }
nav a { display: inline-block; padding: .15rem 0 }

main > section:not(.lead) { margin-top: 3.4rem; padding-top: 1.7rem; border-top: 1px solid var(--rule) }
.problem { margin-top: 2rem; padding: .9rem 0 .2rem 1.3rem; border-left: 4px solid var(--sev); content-visibility: auto; contain-intrinsic-size: auto 70rem }
.problem h3 { margin-bottom: .6rem }
.problem h3 strong { color: var(--sev-ink); font-variant-numeric: lining-nums }
[hidden] { display: none !important }
.steps { padding-left: 1.6rem }
.steps > li { padding-left: .2rem; margin-bottom: .5rem }
.steps pre { margin: .4rem 0 .7rem }
.lead .steps > li { margin-bottom: .35rem; font-size: .95rem; line-height: 1.45 }
h3.part { font: 650 1rem/1.4 var(--sans) }
.copyable { position: relative }
.copy { position: absolute; top: .35rem; right: .4rem; font: .78rem var(--sans); padding: .15rem .6rem; border: 1px solid var(--quiet); border-radius: 3px; background: var(--paper); color: var(--ink); cursor: pointer }
.copyable pre { padding-right: 5.2rem }
#runs td, #runs th { min-width: 0 }
#runs th.numeric, #runs td.numeric { padding-right: 1rem }
#filter { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: end; margin: 0 0 1.4rem; padding: .8rem 1rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--soft) }
#filter label { display: block; font-size: .86rem; color: var(--quiet) }
#filter select, #filter input { width: 100%; font: inherit; font-size: .94rem; padding: .25rem .5rem; border: 1px solid var(--quiet); border-radius: 3px; background: var(--paper); color: var(--ink); max-width: 100% }
#filter > div { min-width: 0; max-width: 100% }
#filter .wide { flex: 1 1 12rem }
#filter .wide input { width: 100% }
#filter p { flex-basis: 100%; margin: 0 }
figure { margin: 0 0 1.2rem }
figcaption { font-weight: 650; font-size: .94rem; margin-bottom: .4rem }
svg.figure:not(.narrow) { display: block }
svg.figure { width: 100%; max-width: 44rem; height: auto; print-color-adjust: exact; -webkit-print-color-adjust: exact }
svg.narrow { display: none; max-width: 20rem }
.figure text { font: 12px var(--sans); fill: var(--ink) }
.figure text.small { font-size: 10.5px; fill: var(--quiet) }
.figure text.strong { font-weight: 650 }
.figure text.open { fill: var(--critical-ink) }
.figure text.locked { fill: var(--low-ink) }
.figure .fill { fill: var(--sev) }
.figure .box { fill: var(--soft); stroke: var(--quiet) }
.figure .box.open { stroke: var(--critical); stroke-width: 2 }
.figure .box.locked { stroke: var(--low); stroke-width: 2 }
.figure .arrow, .figure .axis { stroke: var(--quiet); stroke-width: 2; fill: none }
.figure .tip { fill: var(--quiet) }
.figure .point { fill: var(--accent) }

details { margin: 0 0 .9rem }
summary { cursor: pointer; color: var(--accent); padding: .2rem 0; width: fit-content }
details[open] > summary { margin-bottom: .6rem }
details li { margin-bottom: .5rem }
details li pre { margin: .3rem 0 0 }

table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: 0 0 1rem; position: relative }
th { text-align: left; vertical-align: bottom; color: var(--quiet); font-weight: 400; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--quiet); white-space: nowrap }
td { vertical-align: top; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--rule); unicode-bidi: isolate }
th:last-child, td:last-child { padding-right: 0 }
td, th { min-width: 6.2rem }
td.numeric, th.numeric { min-width: 4rem }
td:first-child { min-width: 15rem }
th.numeric, td.numeric { text-align: right; padding-right: 1.8rem; font-variant-numeric: tabular-nums; white-space: nowrap }
td.date { white-space: nowrap; min-width: 0 }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--quiet); font-size: .86rem }

@media screen and (max-width: 46rem) {
  svg.figure.wide { display: none }
  svg.figure.narrow { display: block }
  #owners td.numeric { display: inline-block; padding: 0 1rem 0 0 }
  #owners td.numeric::before { content: attr(data-label) ' '; position: static }
  body { padding-top: 1.2rem }
  .kicker span { display: block; margin: 0 }
  .terms div { grid-template-columns: 1fr; padding: .35rem 0 }
  .gaps { padding-inline: 1rem }
  .problem { padding-left: .9rem }
  .copyable pre { padding-right: .9rem; padding-top: 2.2rem }
  table, tbody, tr, td { display: block }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { padding: .7rem 0; border-bottom: 1px solid var(--rule) }
  td, td.numeric, td.date { border: 0; padding: .1rem 0 .1rem 7.1rem; text-align: left; white-space: normal; position: relative }
  td[data-label]::before { content: attr(data-label); position: absolute; left: 0; width: 6.6rem; color: var(--quiet); font-size: .86rem }
  td, td:first-child { min-width: 0 }
  td.empty { display: none }
}

@page {
  size: A4; margin: 11mm 13mm 14mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #5a616b }
}
.signatures td { height: 3.2rem; vertical-align: bottom }
@media print {
  :root { color-scheme: light; --soft: #fff }
  html { font-size: 7.9pt }
  html, body { background: #fff }
  body { max-width: none; padding: 0; line-height: 1.3 }
  nav, .skip, #filter, .copy { display: none !important }
  .copyable pre { padding-right: .9rem }
  h1 { font-size: 22pt }
  p, ul, ol, dl, pre { margin-bottom: .45rem }
  section > p { max-width: none }
  .masthead { margin-bottom: 1rem }
  .masthead .terms { margin-top: .8rem; padding-top: .6rem; grid-template-columns: repeat(3, auto); gap: 0 1.2rem }
  .lead { padding: .8rem 1.1rem .2rem }
  .lead h2 { font-size: 13pt; margin-bottom: .3rem; text-wrap: wrap }
  .lead h3 { margin: .6rem 0 .2rem }
  .lead .steps > li { margin-bottom: .2rem }
  .chip, .problem, .lead, code, pre { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  main > section:not(.lead) { margin-top: .8rem; padding-top: .5rem }
  h2 { margin-bottom: .5rem; font-size: 13pt }
  h4 { margin: .55rem 0 .15rem }
  .page { break-before: page }
  main > .page { margin-top: 0; padding-top: 0; border-top: 0 }
  .problem { content-visibility: visible; margin-top: 1.1rem; padding: .3rem 0 0 1rem }
  pre { padding: .3rem .6rem; line-height: 1.3; margin-bottom: .35rem }
  .steps pre { margin: .15rem 0 .3rem }
  .steps > li { margin-bottom: .2rem }
  td { padding: .12rem .8rem .12rem 0 }
  th { padding: .15rem .8rem .15rem 0 }
  td:first-child { min-width: 10rem }
  figure { margin-bottom: .4rem }
  #owners td { padding-block: .06rem }
  #pictures figure { display: inline-block; width: 49%; vertical-align: top }
  details { margin: 0 0 .3rem; font-size: .75rem; line-height: 1.25 }
  details::details-content { content-visibility: visible; display: block; block-size: auto }
  summary { color: inherit; list-style: none; font-weight: 650; padding: 0; break-after: avoid }
  details[open] > summary { margin-bottom: .1rem }
  details ul { padding-left: 0; list-style: none; margin-bottom: .2rem; columns: 2; column-gap: 1.6rem }
  details li { margin-bottom: .05rem; break-inside: avoid }
  details code { padding: 0; background: none }
  details li pre { display: none }
  details table { font-size: 1em }
  details td, details th { padding-block: .05rem }
  h2, h3, h4, h2 + p, h2 + p + ul, figcaption, h3 + .terms { break-after: avoid }
  .terms div:first-child, .terms div:nth-last-child(2), tr:first-child, tr:nth-last-child(2), thead { break-after: avoid }
  summary + ul, summary + p, summary + table, tbody, tbody tr:first-child { break-before: avoid }
  h2, h3, h4, pre, tr, .steps li, h3 + .terms, .terms div, figure, svg { break-inside: avoid }
  table:not(:has(tr:nth-child(6))) { break-inside: avoid }
  thead { display: table-header-group }
  a { color: inherit; text-decoration: none }
  p, li { orphans: 3; widows: 3 }
}
`;
