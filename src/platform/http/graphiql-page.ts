import { GRAPHIQL_CLIENT } from './graphiql-page.client.ts';

export interface GraphiqlTab {
  title?: string;
  query: string;
  variables?: string;
  /** JSON such as `{"authorization":"Bearer …"}`; sent with requests as headers, and on sockets as connectionParams. */
  headers?: string;
}

const TITLE = 'Guichet';
const LONGEST_LINE = 52;

/** The page around its title and its options; nine megabytes that are loaded and rendered once, when somebody opens it. */
let parts: Promise<readonly [head: string, middle: string, tail: string]> | undefined;
async function rendered() {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return cut(renderGraphiQL({ title: TITLE }));
}

/**
 * GraphiQL as one page that loads nothing from the network, opened with these tabs.
 * @param tabs shown in this order; a title becomes a comment above the query, because GraphiQL names tabs by their operation
 * @param title tells the pages of several seats apart
 */
export async function graphiqlPage(tabs: readonly GraphiqlTab[], title = TITLE): Promise<string> {
  parts ??= rendered();
  const defaultTabs = tabs.map((tab) => ({
    query: tab.title ? `${comment(tab.title)}\n${tab.query}` : tab.query,
    variables: tab.variables,
    headers: tab.headers,
  }));
  // GraphiQL fills the editors of the first tab from these; headers are also those of tabs that are added later.
  const [first] = tabs;
  const open = first && { defaultTabs, headers: first.headers, variables: first.variables, defaultEditorToolsVisibility: 'variables' };
  const options = script({ title, ...open });
  const [head, middle, tail] = await parts;
  return `${head}${title.replace(/[<&]/g, '')}${middle}{ ...${options}, fetcher: guichetFetcher }${tail}`;
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

/** Cuts the page open where its title and its options stand, so that a function can be among them. */
function cut(page: string): [head: string, middle: string, tail: string] {
  const [titled, options] = [`<title>${TITLE}</title>`, `{"title":"${TITLE}"}`];
  const [title, body, end] = [page.indexOf(titled), page.indexOf('<body'), page.lastIndexOf(options)];
  if (title < 0 || body < title || end < body) throw new Error('The page of @graphql-yoga/render-graphiql is not laid out as expected.');
  const afterTitle = title + titled.length - '</title>'.length;
  const client = `<script>${GRAPHIQL_CLIENT}</script>\n    `;
  return [
    page.slice(0, title + '<title>'.length),
    page.slice(afterTitle, body) + client + page.slice(body, end),
    page.slice(end + options.length),
  ];
}

/** JSON that can stand inside a script element. */
const script = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
