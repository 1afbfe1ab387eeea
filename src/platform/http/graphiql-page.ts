import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
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

let template: { head: string; tail: string } | undefined;

/**
 * GraphiQL as one page that loads nothing from the network, opened with these tabs.
 * @param tabs shown in this order; a title becomes a comment above the query, because GraphiQL names tabs by their operation
 * @param title tells the pages of several seats apart
 */
export function graphiqlPage(tabs: readonly GraphiqlTab[], title = TITLE): string {
  template ??= cut(renderGraphiQL({ title: TITLE }));
  const defaultTabs = tabs.map((tab) => ({
    query: tab.title ? `${comment(tab.title)}\n${tab.query}` : tab.query,
    variables: tab.variables,
    headers: tab.headers,
  }));
  // GraphiQL fills the editors of the first tab from these; headers are also those of tabs that are added later.
  const [first] = tabs;
  const open = first && { defaultTabs, headers: first.headers, variables: first.variables, defaultEditorToolsVisibility: 'variables' };
  const options = script({ title, ...open });
  const head = template.head.replace(`<title>${TITLE}</title>`, () => `<title>${title.replace(/[<&]/g, '')}</title>`);
  return `${head}{ ...${options}, fetcher: guichetFetcher }${template.tail}`;
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

/** Cuts the page open where its options stand, so that a function can be among them and nine megabytes are rendered once. */
function cut(page: string): { head: string; tail: string } {
  const options = `{"title":"${TITLE}"}`;
  const at = page.lastIndexOf(options);
  const body = page.indexOf('<body');
  if (at < 0 || body < 0) throw new Error('The page of @graphql-yoga/render-graphiql is not laid out as expected.');
  const client = `<script>${GRAPHIQL_CLIENT}</script>\n    `;
  return { head: page.slice(0, body) + client + page.slice(body, at), tail: page.slice(at + options.length) };
}

/** JSON that can stand inside a script element. */
const script = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
