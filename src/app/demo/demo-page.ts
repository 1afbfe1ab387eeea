import type { IncomingMessage, ServerResponse } from 'node:http';
import { signInAs } from '../../domains/accounts/index.ts';
import { graphiqlPage, writePage } from '../../platform/http/index.ts';
import type { Runtime } from '../runtime.ts';
import { DEMO_SEATS, type DemoSeat } from './seats.ts';
import { seatsPage } from './seats-page.ts';
import { storyFacts } from './story-facts.ts';
import { storyTabs } from './story-tabs.ts';

export interface DemoPage {
  readonly graphiql: { html(url: URL): Promise<string> };
  routes(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
}
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const FIRST_QUERY = {
  title: 'Nobody is signed in here. The page at / opens this one with a seat of the demo.',
  query: 'query Who {\n  viewer { __typename name }\n}',
};

/**
 * The demo's page at `/`, and GraphiQL for each seat, signed in by fresh tokens. It hands out tokens, so it answers only under the names
 * of this machine: a page elsewhere cannot make a browser read it under a name of its own.
 * @param anyHost the operator has set HOST on purpose.
 */
export function demoPage(runtime: Runtime, anyHost: boolean): DemoPage {
  const routes = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    const seat = seatOf(url);
    if (request.method !== 'GET' || (url.pathname !== '/' && !seat)) return false;
    if (!anyHost && !LOCAL.test(request.headers.host ?? '')) return false;
    writePage(response, seat ? await seatPage(runtime, seat) : seatsPage());
    return true;
  };
  return { graphiql: { html: () => graphiqlPage([FIRST_QUERY]) }, routes };
}

function seatOf({ pathname }: URL): DemoSeat | undefined {
  const number = /^\/demo\/(\d{1,3})$/.exec(pathname)?.[1];
  return number === undefined ? undefined : DEMO_SEATS[Number(number)];
}

async function seatPage(runtime: Runtime, demoSeat: DemoSeat): Promise<string> {
  const { name, phone, organization } = demoSeat;
  const { token } = await signInAs(runtime.door, { phone, organizationId: organization.id, demoOnly: true }, runtime.now());
  const seat = (await runtime.seats.signedIn(token))?.seat;
  if (!seat) throw new Error('The seat has just ended.');
  const headers = written({ authorization: `Bearer ${token}` });
  const tabs = storyTabs(demoSeat, await storyFacts(runtime, seat)).map(({ title, query, variables }) => ({
    title,
    query,
    headers,
    variables: variables === undefined ? undefined : written(variables),
  }));
  return graphiqlPage(tabs, `${name}, ${organization.name}`);
}

const written = (value: unknown): string => JSON.stringify(value, null, 2);
