import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { GRAPHIQL_CLIENT } from './graphiql-page.client.ts';

export interface GraphiqlTab {
  title?: string;
  query: string;
  variables?: string;
  /** JSON such as `{"authorization":"Bearer …"}`; sent with requests as headers, and on sockets as connectionParams. */
  headers?: string;
}

let template: { head: string; tail: string } | undefined;

/**
 * GraphiQL as one page that loads nothing from the network, opened with these tabs.
 * @param tabs shown in this order; a title becomes a comment above the query, because GraphiQL names tabs by their operation
 */
export function graphiqlPage(tabs: readonly GraphiqlTab[]): string {
  template ??= cut(renderGraphiQL({ title: 'Guichet' }));
  const defaultTabs = tabs.map(({ title, query, variables, headers }) => ({
    query: title ? `# ${title.replace(/\s+/g, ' ')}\n${query}` : query,
    variables,
    headers,
  }));
  // GraphiQL fills the editors of the first tab from these; headers are also those of tabs that are added later.
  const [first] = tabs;
  const options = script(
    first ? { title: 'Guichet', defaultTabs, headers: first.headers, variables: first.variables } : { title: 'Guichet' },
  );
  return `${template.head}{ ...${options}, fetcher: guichetFetcher }${template.tail}`;
}

/** Cuts the page open where its options stand, so that a function can be among them and nine megabytes are rendered once. */
function cut(page: string): { head: string; tail: string } {
  const options = '{"title":"Guichet"}';
  const at = page.lastIndexOf(options);
  const body = page.indexOf('<body');
  if (at < 0 || body < 0) throw new Error('The page of @graphql-yoga/render-graphiql is not laid out as expected.');
  const client = `<script>${GRAPHIQL_CLIENT}</script>\n    `;
  return { head: page.slice(0, body) + client + page.slice(body, at), tail: page.slice(at + options.length) };
}

/** JSON that can stand inside a script element. */
const script = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
