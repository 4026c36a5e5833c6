/** The report's one style sheet. Dark only on a screen, so that paper stays white; its hash is in the page's policy. */
export const style = `
:root{
  color-scheme:light dark;
  --paper:#fff;--canvas:#f4f3f0;--ink:#1c2127;--quiet:#575e68;--rule:#dcd9d2;--soft:#f7f6f3;--accent:#1f4e79;
  --critical:#8e1b2d;--high:#ad4312;--medium:#7a5c00;--low:#2a5d8c;--info:#57616d;
  --sans:-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;
  --serif:"Iowan Old Style","Palatino Linotype",Charter,"Noto Serif",Georgia,serif;
  --mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono","Liberation Mono",monospace;
}
@media screen and (prefers-color-scheme:dark){
  :root{
    --paper:#171b20;--canvas:#101317;--ink:#e4e6e8;--quiet:#a3abb5;--rule:#333a43;--soft:#1f252c;--accent:#8fbbe6;
  }
}
.s-critical{--sev:var(--critical)}.s-high{--sev:var(--high)}.s-medium{--sev:var(--medium)}.s-low{--sev:var(--low)}.s-info{--sev:var(--info)}
*,*::before,*::after{box-sizing:border-box}
html{background:var(--canvas);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:62rem;background:var(--paper);color:var(--ink);font:1rem/1.6 var(--sans);padding:3.5rem clamp(1.1rem,6vw,5rem) 4rem;overflow-wrap:anywhere}
h1,h2,h3,h4{font-family:var(--serif);line-height:1.25;font-weight:600;text-wrap:balance}
h1{font-size:2.5rem;margin:.1rem 0 0;letter-spacing:-.01em}
h2{font-size:1.6rem;margin:0 0 1rem}
h3{font-size:1.2rem;margin:0 0 .75rem}
h4{font:600 .8rem/1.4 var(--sans);letter-spacing:.06em;text-transform:uppercase;color:var(--quiet);margin:1.5rem 0 .35rem}
p{margin:0 0 .9rem}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
`;
