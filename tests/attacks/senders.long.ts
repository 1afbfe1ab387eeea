import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serve, type TestServer } from '../platform/server/server.fixture.ts';
import { say, statuses } from '../support/raw-connection.ts';

// Senders that are slow, lie about lengths, or hide one request in another.

const BODY = '{"query":"{ me }"}';
const MARK = '{"query":"mutation { note(text: \\"smuggled\\") }"}';
const head = (lines: readonly string[], path = '/graphql'): string =>
  [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
const request = (body: string, more: readonly string[] = []): string => head([`Content-Length: ${body.length}`, ...more]) + body;
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const open = (port: number): Socket => connect(port, '127.0.0.1').on('error', () => {});
const requestsIn = (log: TestServer['log']): object[] => log.filter(({ msg }) => msg === 'request');
const answerTo = async (socket: Socket): Promise<string> => {
  let text = '';
  socket.on('data', (part) => {
    text += part;
  });
  await once(socket, 'close');
  return text;
};

describe('a sender that is slow', () => {
  it.each<[string, string, number | undefined]>([
    ['says nothing at all', '', 408],
    ['stops in its first line', 'POST /graph', 408],
    ['stops in its headers', 'POST /graphql HTTP/1.1\r\nHost: x\r\nX-A: ', 408],
    ['stops before its body', head(['Content-Length: 10']), 408],
    ['stops in its body', `${head(['Content-Length: 100'])}{"query":`, 408],
    ['stops in a chunk', `${head(['Transfer-Encoding: chunked'])}40\r\n{"query":`, 408],
    ['stops between chunks', `${head(['Transfer-Encoding: chunked'])}${chunk('{"query":')}`, 408],
  ])('and %s is answered and let go in time', async (_, bytes, status) => {
    const { port } = await serve({ bodyMs: 100 });
    const socket = open(port);
    socket.write(bytes);
    const answer = await answerTo(socket);
    expect(statuses(answer)).toEqual([status]);
    expect(answer).toMatch(/X-Content-Type-Options: nosniff/);
  });

  it('does not win time with a letter now and then', async () => {
    const { port } = await serve({ bodyMs: 100 });
    const [inHeaders, inBody] = [open(port), open(port)];
    inHeaders.write('POST /graphql HTTP/1.1\r\nHost: x\r\nX-A: ');
    inBody.write(head(['Content-Length: 100000']));
    const drip = setInterval(() => {
      for (const socket of [inHeaders, inBody]) if (socket.writable) socket.write('a');
    }, 10);
    const answers = await Promise.all([answerTo(inHeaders), answerTo(inBody)]);
    clearInterval(drip);
    expect(answers.map(statuses)).toEqual([[408], [408]]);
  });

  it('keeps nobody else waiting, nor do five hundred of it', async () => {
    const { port, post } = await serve();
    const slow = Array.from({ length: 500 }, () => open(port));
    await Promise.all(slow.map((socket) => once(socket, 'connect')));
    for (const socket of slow) socket.write(`${head(['Content-Length: 100'])}{`);
    expect(await (await post(BODY)).json()).toEqual({ data: { me: 'public' } });
    for (const socket of slow) socket.destroy();
  });
});

describe('a body that is not as long as was said', () => {
  it('but shorter, is not run', async () => {
    const { port, log } = await serve();
    const socket = open(port);
    socket.end(head([`Content-Length: ${BODY.length + 1}`]) + BODY);
    expect(statuses(await answerTo(socket))).not.toContain(200);
    await expect.poll(() => requestsIn(log)).toMatchObject([{ status: 'unanswered' }]);
  });

  it('but longer, is cut where it was said to end; what follows is no request', async () => {
    const { url, log } = await serve();
    const answers = await say(url, `${request(BODY)}x${request(MARK)}`);
    expect(statuses(answers).at(-1)).toBe(400);
    await expect.poll(() => requestsIn(log)).toHaveLength(1);
  });

  it.each([
    ['past the limit in one chunk', [chunk(`{"query":"{ me }","x":"${'x'.repeat(256 * 1024)}"}`), '0\r\n\r\n']],
    ['past the limit in many chunks', [chunk('{"query":"{ me }","x":"'), chunk('x'.repeat(1024)).repeat(257), chunk('"}'), '0\r\n\r\n']],
    ['past the limit without an end', [chunk('x'.repeat(64 * 1024)).repeat(20)]],
  ])('%s: 413', async (_, parts) => {
    const { url } = await serve();
    expect(statuses(await say(url, head(['Transfer-Encoding: chunked']) + parts.join('')))).toEqual([413]);
  });

  it('at the limit in chunks is taken', async () => {
    const { url } = await serve();
    const frame = '{"query":"{ me }","x":""}';
    const body = frame.replace('""', `"${'x'.repeat(256 * 1024 - frame.length)}"`);
    const parts = body
      .match(/.{1,5000}/g)!
      .map(chunk)
      .join('');
    expect(statuses(await say(url, `${head(['Transfer-Encoding: chunked'])}${parts}0\r\n\r\n`, /"me"/))).toEqual([200]);
  });
});

describe('a request inside another', () => {
  const INNER = request(MARK);
  it.each<[string, string]>([
    ['with a length and chunks', `${head([`Content-Length: ${INNER.length + 5}`, 'Transfer-Encoding: chunked'])}0\r\n\r\n${INNER}`],
    ['with chunks and a length', `${head(['Transfer-Encoding: chunked', `Content-Length: ${INNER.length + 5}`])}0\r\n\r\n${INNER}`],
    ['with two lengths', head(['Content-Length: 0', `Content-Length: ${INNER.length}`]) + INNER],
    ['with two lengths in one header', head([`Content-Length: 0, ${INNER.length}`]) + INNER],
    ['with a length with a sign', head([`Content-Length: +${INNER.length}`]) + INNER],
    ['with a length in hex', head([`Content-Length: 0x${INNER.length.toString(16)}`]) + INNER],
    ['with a negative length', head(['Content-Length: -1']) + INNER],
    ['with an encoding that only looks like chunks', `${head(['Transfer-Encoding: xchunked'])}0\r\n\r\n${INNER}`],
    ['with chunks that are not last', `${head(['Transfer-Encoding: chunked, identity'])}0\r\n\r\n${INNER}`],
    ['with a blank before the colon', `${head(['Transfer-Encoding : chunked'])}0\r\n\r\n${INNER}`],
    ['with a header on two lines', `${head(['X-A: b\r\n Transfer-Encoding: chunked'])}0\r\n\r\n${INNER}`],
    ['with a bare line feed', head([`X-A: b\nContent-Length: ${INNER.length}`]) + INNER],
    ['with a chunk of no size', `${head(['Transfer-Encoding: chunked'])}\r\n\r\n${INNER}`],
    ['with a chunk of a negative size', `${head(['Transfer-Encoding: chunked'])}-1\r\n\r\n${INNER}`],
    ['with a chunk past all sizes', `${head(['Transfer-Encoding: chunked'])}ffffffffffffffffff\r\n${INNER}`],
  ])('%s is refused, and what it hides is not run', async (_, bytes) => {
    const { url, log } = await serve();
    expect(statuses(await say(url, bytes))).toEqual([400]);
    expect(log.filter(({ status }) => status === 200)).toEqual([]);
  });

  it('by a method that a header names instead is no request', async () => {
    const { url } = await serve();
    const search = `query=${encodeURIComponent('mutation { note(text: "x") }')}`;
    const bytes = `GET /graphql?${search} HTTP/1.1\r\nHost: x\r\nX-HTTP-Method-Override: POST\r\nConnection: close\r\n\r\n`;
    expect(statuses(await say(url, bytes))).toEqual([405]);
  });
});

describe('many requests on one connection', () => {
  it('sent without waiting are answered in their order', async () => {
    const { url } = await serve();
    const asked = Array.from({ length: 200 }, (_, i) =>
      request(`{"query":"{ double(of: ${i}) }"}`, i === 199 ? ['Connection: close'] : []),
    );
    const answers = await say(url, asked.join(''));
    expect([...answers.matchAll(/"double":(\d+)/g)].map(([, doubled]) => Number(doubled))).toEqual(asked.map((_, i) => 2 * i));
  });

  it('end with the first that cannot be read', async () => {
    const { url, log } = await serve();
    const answers = await say(url, `${request(BODY)}nonsense\r\n\r\n${request(MARK)}`);
    expect(statuses(answers).at(-1)).toBe(400);
    await expect.poll(() => requestsIn(log)).toHaveLength(1);
  });
});
