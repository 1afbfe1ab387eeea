import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webhookSmsSender } from '../../../src/domains/accounts/index.ts';
import { signInText } from '../../../src/domains/accounts/sign-in-text.rules.ts';
import { loggableError } from '../../../src/platform/log/loggable-error.ts';

// The webhook, tried against a real HTTP server that behaves as bad as one can.

const SECRET = 'a secret of at least 32 characters';
const NOW = new Date('2026-06-01T08:00:00Z');
const message = signInText({ phone: '+8613800000001', code: '123456', minutes: 5, language: 'zh-CN', organization: '清河工具' });
const never = new AbortController().signal;

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let server: Server;
let url: string;
let received: Received[];
/** How it answers each request, in turn; the last one for all that follow. */
let answers: ((response: ServerResponse) => unknown)[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    received.push({ path: request.url, headers: request.headers, body });
    answers[Math.min(received.length, answers.length) - 1]!(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});
beforeEach(() => {
  received = [];
  answers = [(response) => response.writeHead(204).end()];
});

const status =
  (code: number, headers = {}, text = '') =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end(text);
const silence = () => undefined;
const send = (options: object = {}, signal = never) =>
  webhookSmsSender({ url, secret: SECRET, rests: [0, 0], now: () => NOW, ...options }).send(message, signal);

describe('a message that is handed over (spec 2.1)', () => {
  it('is signed JSON, with all that a deliverer needs', async () => {
    await send();
    expect(received).toHaveLength(1);
    const [{ headers, body, path }] = received as [Received];
    expect([path, headers['content-type'], headers['guichet-timestamp']]).toEqual(['/sms', 'application/json', '1780300800']);
    expect(JSON.parse(body)).toEqual({
      id: message.id,
      kind: 'SIGN_IN_CODE',
      to: '+8613800000001',
      text: '【清河工具】登录验证码 123456，5 分钟内有效，请勿告诉他人。',
      language: 'zh-CN',
      parameters: { code: '123456', minutes: '5', organization: '清河工具' },
    });
    const expected = createHmac('sha256', SECRET).update(`1780300800.${body}`).digest('hex');
    expect(headers['guichet-signature']).toBe(`v1=${expected}`);
  });

  it.each([
    ['200 with garbage', status(200, { 'content-type': 'application/json' }, '{"ok":')],
    ['202 and a body without an end', (response: ServerResponse) => response.writeHead(202).write('x'.repeat(100_000))],
  ])('is taken where the webhook answers %s', async (_, answer) => {
    answers = [answer];
    await send();
    expect(received).toHaveLength(1);
  });

  it.each([500, 503, 429, 408])('is tried again after %i, with the same id', async (code) => {
    answers = [status(code), status(200)];
    await send();
    expect(received.map(({ body }) => JSON.parse(body).id)).toEqual([message.id, message.id]);
  });

  it('is tried again where no answer comes in time', async () => {
    answers = [silence, status(200)];
    await send({ patience: 100 });
    expect(received).toHaveLength(2);
  });
});

describe('a message that is not handed over', () => {
  it('has been tried three times, and no more', async () => {
    answers = [status(500)];
    await expect(send()).rejects.toMatchObject({ name: 'SmsWebhookError', code: 'FAILED' });
    expect(received).toHaveLength(3);
  });

  it.each([
    [400, 'REFUSED'],
    [401, 'REFUSED'],
    [301, 'REDIRECTED'],
    [307, 'REDIRECTED'],
  ])('is not tried again after %i', async (code, why) => {
    answers = [status(code, { location: `${url}/elsewhere` })];
    const error: unknown = await send().catch((thrown: unknown) => thrown);
    expect(loggableError(error)).toMatchObject({ class: 'SmsWebhookError', code: why, status: code });
    expect(received.map(({ path }) => path)).toEqual(['/sms']); // nobody is followed
  });

  it('says so where nobody listens', async () => {
    const gone = createServer();
    await new Promise<void>((listening) => gone.listen(0, '127.0.0.1', listening));
    const { port } = gone.address() as AddressInfo;
    await new Promise((closed) => gone.close(closed));
    await expect(send({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is given up at once when the server stops, however long the webhook takes', async () => {
    answers = [silence];
    const stop = new AbortController();
    const sending = send({ patience: 600_000 }, stop.signal);
    sending.catch(() => {});
    await expect.poll(() => received.length).toBe(1);
    stop.abort();
    await expect(sending).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(received).toHaveLength(1);
  });

  it('is given up in the rest between two attempts, too', async () => {
    answers = [status(500)];
    const stop = new AbortController();
    const sending = send({ rests: [600_000] }, stop.signal);
    sending.catch(() => {});
    await expect.poll(() => received.length).toBe(1);
    stop.abort();
    await expect(sending).rejects.toBeDefined();
    expect(received).toHaveLength(1);
  });

  it('tells nothing of phone, code or text', async () => {
    answers = [status(500, {}, message.text)];
    const error = await send().catch((thrown: unknown) => thrown);
    const told = JSON.stringify([error, (error as Error).message, (error as Error).stack]);
    for (const secret of [message.phone, '123456', SECRET, '清河']) expect(told).not.toContain(secret);
  });
});
