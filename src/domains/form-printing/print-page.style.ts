import { createHash } from 'node:crypto';

/** Black on white, as paper has it. */
export const STYLE = `:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#17202a;font:11pt/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:18cm;margin:0 auto;padding:1.5rem 1rem}
header{display:flex;justify-content:space-between;gap:1rem;border-bottom:2px solid #17202a;padding-bottom:.5rem;margin-bottom:1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:1.5rem 0 .5rem;break-after:avoid}
p{margin:0}
.soft{color:#52606d}
dl{display:grid;grid-template-columns:minmax(7rem,12rem) 1fr;gap:.25rem 1rem;margin:0}
dt{color:#52606d;overflow-wrap:anywhere}
dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-size:.95em}
caption{text-align:left;color:#52606d;padding:.5rem 0 .25rem}
th,td{border:1px solid #8794a1;padding:.25rem .5rem;text-align:left;vertical-align:top;white-space:pre-line;overflow-wrap:anywhere}
thead{display:table-header-group}
tr,dd{break-inside:avoid}
tfoot td{font-weight:600}
footer{margin-top:2rem;border-top:1px solid #8794a1;padding-top:.5rem;font-size:.85em}
@page{margin:1.5cm}
@media print{main{max-width:none;padding:0}}
`;

/** Nothing is loaded, no script runs, nothing is sent, and nobody frames the page. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;
