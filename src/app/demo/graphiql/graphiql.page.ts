import { escaped } from '../escaped.ts';
import { graphiqlAssets } from './graphiql.assets.ts';

export interface GraphiqlTab {
  readonly title: string;
  readonly query: string;
  readonly variables?: string;
  /** JSON such as `{"authorization":"Bearer …"}`; sent with requests as headers, and on sockets as connectionParams. */
  readonly headers: string;
}
/** What a variable may say instead of a value: looked up when the tab is run. */
export interface Fill {
  /** The query that finds the value. */
  readonly query: string;
  /** The way to it in the data. */
  readonly path: readonly (string | number)[];
  /** What is told where there is none. */
  readonly none: string;
}
export interface GraphiqlPage {
  /** Tells the pages of several seats apart. */
  readonly title: string;
  /** What the seat is. */
  readonly role: string;
  readonly tabs: readonly GraphiqlTab[];
  /** By the text that stands in variables. */
  readonly fills: Readonly<Record<string, Fill>>;
}

const LONGEST_LINE = 52;
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 14V6a6 6 0 0 1 12 0v8z" fill="none" stroke="#8a1c4a" stroke-width="2"/><path d="M1 11h14" stroke="#8a1c4a" stroke-width="2"/></svg>')}`;

/** GraphiQL, opened with these tabs in this order. Each title becomes a comment above its query, because GraphiQL names tabs by their operation. */
export async function graphiqlPage({ title, role, tabs, fills }: GraphiqlPage): Promise<string> {
  const { folder } = await graphiqlAssets();
  const defaultTabs = tabs.map((tab) => ({ ...tab, title: undefined, query: `${comment(tab.title)}\n${tab.query}` }));
  // GraphiQL fills the editors of the first tab from these; headers are also those of tabs that are added later.
  const [first] = tabs;
  const open = { defaultTabs, headers: first?.headers, variables: first?.variables, defaultEditorToolsVisibility: 'variables' };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>
<link rel="icon" href="${ICON}"><link rel="stylesheet" href="${folder}/graphiql.css"><link rel="stylesheet" href="${folder}/page.css"></head>
<body id="body" class="no-focus-outline"><header class="seat"><a href="/">← All seats</a><strong>${escaped(title)}</strong><span>${escaped(role)}</span></header>
<div id="root"><p>GraphiQL is loading …</p></div><aside id="live" aria-label="Subscriptions under way" hidden></aside>
<script type="application/json" id="options">${script({ title, fills, folder, ...open })}</script>
<script type="module" src="${folder}/storage.js"></script><script defer src="${folder}/graphiql.js"></script><script type="module" src="${folder}/boot.js"></script></body></html>`;
}

/** The editor does not wrap lines. */
function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LONGEST_LINE) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `# ${line}`).join('\n');
}

/** JSON that can stand inside a script element. */
const script = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
