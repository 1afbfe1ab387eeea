import { type OperationDefinitionNode, parse, print } from 'graphql';
import { TestSeat } from '../../src/testing/test-seat.ts';

const CLIENT = '../../src/app/demo/graphiql/client';
const { filled } = await import(`${CLIENT}/fills.js`);
const { paramsOf } = await import(`${CLIENT}/operations.js`);

interface Tab {
  readonly query: string;
  readonly variables?: string;
  readonly headers: string;
}
interface Page {
  readonly tabs: readonly Tab[];
  readonly fills: object;
}
const operationsOf = ({ query }: Tab): OperationDefinitionNode[] =>
  parse(query).definitions.flatMap((one) => (one.kind === 'OperationDefinition' ? [one] : []));

/** The demo as whoever opens it plays it: from the page at `/` to the tabs of each seat, and nothing else. */
export class DemoPages {
  readonly #url: string;
  readonly #pages = new Map<string, Promise<Page>>();
  constructor(url: string) {
    this.#url = url;
  }
  /** Runs an operation of a tab of somebody's page, once what its variables mean was looked up. @returns the payload of a mutation, the data of a query. @throws unless it succeeds */
  async play(person: string, operation: string) {
    const { tabs, fills } = await this.#pageOf(person);
    const tab = tabs.find((one) => operationsOf(one).some(({ name }) => name?.value === operation));
    if (!tab) throw new Error(`${person} has no tab ${operation}.`);
    const token = JSON.parse(tab.headers).authorization.replace('Bearer ', '');
    const seat = new TestSeat({ id: '', name: person, token, url: this.#url });
    const params = paramsOf({ query: tab.query, variables: JSON.parse(tab.variables ?? '{}'), operationName: operation });
    const { variables } = await filled(params.variables, fills, (query: string) => seat.query(query));
    const run = operationsOf(tab).find(({ name }) => name?.value === operation)!;
    return run.operation === 'query' ? seat.query(print(run), variables) : seat.does(print(run), variables);
  }
  #pageOf(person: string): Promise<Page> {
    const known = this.#pages.get(person) ?? this.#open(person);
    this.#pages.set(person, known);
    return known;
  }
  async #open(person: string): Promise<Page> {
    const front = await (await fetch(this.#url, { headers: { accept: 'text/html' } })).text();
    const path = new RegExp(`href="(/demo/\\d+)"[^>]*>${person}<`).exec(front)?.[1];
    const page = await (await fetch(this.#url + path)).text();
    const { defaultTabs, fills } = JSON.parse(/id="options">(.*?)<\/script>/s.exec(page)![1]!);
    return { tabs: defaultTabs, fills };
  }
}
