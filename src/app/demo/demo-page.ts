import type { IncomingMessage, ServerResponse } from 'node:http';
import { signInAs } from '../../domains/accounts/index.ts';
import { type ServerOptions, writePage } from '../../platform/server/index.ts';
import type { Runtime } from '../runtime.ts';
import { graphiqlAssets } from './graphiql/graphiql.assets.ts';
import { type Fill, graphiqlPage } from './graphiql/graphiql.page.ts';
import { DEMO_SEATS, type DemoSeat } from './seats.ts';
import { seatsPage } from './seats-page.ts';
import { storiesOf } from './stories/app-stories.ts';
import type { AppStory } from './stories/app-story.ts';
import { storyFacts } from './story-facts.ts';
import { STORY_FILLS, storyTabs } from './story-tabs.ts';

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The demo's page at `/`, and GraphiQL for each seat, signed in by fresh tokens. It hands out tokens, so it answers only under the names
 * of this machine: a page elsewhere cannot make a browser read it under a name of its own.
 * @param anyHost the operator has set HOST on purpose.
 */
export function demoPage(runtime: Runtime, anyHost: boolean): Required<Pick<ServerOptions, 'routes' | 'browsersGoTo'>> {
  const stories = storiesOf(runtime.modules);
  const routes = async (request: IncomingMessage, response: ServerResponse, { pathname }: URL): Promise<boolean> => {
    if (request.method !== 'GET' || (!anyHost && !LOCAL.test(request.headers.host ?? ''))) return false;
    if (pathname.startsWith('/graphiql/')) return writeAsset(request, response, pathname);
    const seat = seatOf(pathname);
    if (pathname !== '/' && !seat) return false;
    writePage(response, seat ? await seatPage(runtime, seat, stories) : seatsPage(stories));
    return true;
  };
  return { browsersGoTo: '/', routes };
}

async function writeAsset(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> {
  const { folder, read } = await graphiqlAssets();
  const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const asset = pathname.startsWith(`${folder}/`) ? await read(pathname.slice(folder.length + 1), isPacked) : undefined;
  if (!asset) return false;
  response.writeHead(200, {
    'Content-Type': asset.type,
    'Content-Length': asset.body.length,
    'Cache-Control': FOR_EVER,
    Vary: 'Accept-Encoding',
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.end(asset.body);
  return true;
}

function seatOf(pathname: string): DemoSeat | undefined {
  const number = /^\/demo\/(\d{1,3})$/.exec(pathname)?.[1];
  return number === undefined ? undefined : DEMO_SEATS[Number(number)];
}

async function seatPage(runtime: Runtime, demoSeat: DemoSeat, stories: readonly AppStory[]): Promise<string> {
  const { name, phone, role, organization } = demoSeat;
  const { token } = await signInAs(runtime.door, { phone, organizationId: organization.id, demoOnly: true }, runtime.now());
  const seat = (await runtime.seats.signedIn(token))?.seat;
  if (!seat) throw new Error('The seat has just ended.');
  const headers = written({ authorization: `Bearer ${token}` });
  const tabs = storyTabs(demoSeat, await storyFacts(runtime, seat), stories).map(({ title, query, variables }) => ({
    title,
    query,
    headers,
    variables: variables === undefined ? undefined : written(variables),
  }));
  const fills: Record<string, Fill> = Object.assign({}, STORY_FILLS, ...stories.map((story) => story.fills));
  const meant = Object.entries(fills).filter(([text]) => tabs.some(({ variables }) => variables?.includes(written(text))));
  return graphiqlPage({ title: `${name}, ${organization.name}`, role, tabs, fills: Object.fromEntries(meant) });
}

const written = (value: unknown): string => JSON.stringify(value, null, 2);
