import { once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { codesOf, serve } from './server.fixture.ts';

/** The status of a GET; fetch would set `Sec-Fetch-Mode` itself. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  const [response] = await once(get(url, { headers, agent: false }), 'response');
  response.resume();
  return response.statusCode;
}

const hello = { query: '{ me }' };

const answerPage = (_request: IncomingMessage, response: ServerResponse): boolean => {
  response.end('page');
  return true;
};

describe('a request from another origin', () => {
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://listed.example.evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
  ])('%j is refused before it runs, GET too', async (headers: Record<string, string>) => {
    const { post, url, log } = await serve();
    const refused = await post(hello, headers);
    expect([refused.status, refused.headers.get('access-control-allow-origin'), await codesOf(refused)]).toEqual([
      403,
      null,
      ['FORBIDDEN'],
    ]);
    expect((await fetch(`${url}/graphql?query={me}`, { headers })).status).toBe(403);
    expect((await fetch(`${url}/graphql`, { method: 'OPTIONS', headers })).status).toBe(403);
    expect(log.filter(({ msg }) => msg === 'request')).not.toContainEqual(expect.objectContaining({ status: 200 }));
  });

  it('that is listed is let in, without credentials', async () => {
    const { post, url } = await serve();
    const headers = { origin: 'https://listed.example', 'sec-fetch-site': 'cross-site' };
    const answer = await post(hello, headers);
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('vary')]).toEqual([
      200,
      'https://listed.example',
      'Origin',
    ]);
    const preflight = await fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('authorization'),
    ]);
    for (const response of [answer, preflight]) expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it("that is the server's own is let in, without CORS headers", async () => {
    const { post, url } = await serve();
    const answer = await post(hello, { origin: url, 'sec-fetch-site': 'same-origin' });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('may follow a link to a page, and no more', async () => {
    const { url } = await serve({}, { routes: answerPage });
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await statusOf(url, link)).toBe(200);
    expect(await statusOf(url, { ...link, 'sec-fetch-dest': 'iframe' })).toBe(403);
    expect(await statusOf(url, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' })).toBe(403);
  });
});
