import { createHash } from 'node:crypto';

/** Colours have a contrast of at least 4.5 against what they stand on, in the light and in the dark. */
export const STYLE = `:root{color-scheme:light dark;--paper:#f4f6f8;--card:#fff;--ink:#17202a;--soft:#52606d;--line:#8794a1;--main:#0b5cad;--on-main:#fff;--fault:#b3261e;--fault-soft:#fdecea;--tint:#e8f1fb}
@media (prefers-color-scheme:dark){:root{--paper:#11161c;--card:#1b232c;--ink:#eef2f6;--soft:#aab6c2;--line:#7b8997;--main:#6cb2f7;--on-main:#0b1a29;--fault:#ffb4ab;--fault-soft:#3b1a18;--tint:#1d3247}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:28rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.card{background:var(--card);border-radius:1rem;padding:1.5rem 1.25rem;box-shadow:0 1px 3px rgb(0 0 0/.12)}
.mark{display:grid;place-items:center;width:3.25rem;height:3.25rem;border-radius:.9rem;background:var(--main);color:var(--on-main);font-size:1.5rem;font-weight:600;margin-bottom:1rem}
.mark.quiet{background:var(--tint);color:var(--main)}
.mark.red{background:var(--fault);color:var(--card)}
a{color:var(--main)}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}
p{margin:0 0 1rem;overflow-wrap:anywhere}
.welcome{background:var(--tint);border-radius:.6rem;padding:.75rem 1rem;white-space:pre-line}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.steps{display:flex;gap:1rem;list-style:none;margin:1.25rem 0;padding:0;font-size:.875rem;color:var(--soft)}
.steps li{flex:1;border-top:3px solid var(--line);padding-top:.4rem}
.steps [aria-current]{border-color:var(--main);color:var(--ink);font-weight:600}
label{display:block;font-weight:600;margin-top:1.1rem}
label span{font-weight:400;color:var(--soft)}
input,textarea{display:block;width:100%;margin-top:.3rem;padding:.7rem .8rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
textarea{resize:vertical;min-height:5rem}
input.code{font-size:1.5rem;letter-spacing:.35em;font-variant-numeric:tabular-nums}
[aria-invalid]{border:2px solid var(--fault)}
.fault{color:var(--fault);margin:.3rem 0 0;font-size:.9375rem}
.faults{background:var(--fault-soft);color:var(--fault);border-radius:.6rem;padding:.75rem 1rem;margin:1rem 0}
.hint{color:var(--soft);font-size:.875rem;margin:.3rem 0 0}
button{font:inherit;cursor:pointer}
.main{display:block;width:100%;margin:1.5rem 0 0;padding:.85rem 1rem;border:0;border-radius:.6rem;background:var(--main);color:var(--on-main);font-weight:600}
.more{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.75rem}
.link{padding:.5rem 0;border:0;background:none;color:var(--main);text-decoration:underline}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
ol.next{padding-left:1.25rem;margin:0}
ol.next li{margin:.4rem 0}
footer{margin-top:1rem;padding:0 .25rem}
`;

/** Nothing is loaded, no script runs, nobody frames the page, and its form goes to where it came from. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
