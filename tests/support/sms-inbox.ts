import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';

interface Delivered {
  readonly to: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}
/** Where a server hands its text messages over: a deliverer that believes what is signed. */
export interface SmsInbox {
  /** What `SMS_WEBHOOK_URL` and its secret are to be. */
  readonly settings: Readonly<Record<string, string>>;
  /** The next message to a phone; waits until it is there. */
  next(phone: string): Promise<Delivered>;
  close(): Promise<void>;
}

export async function openSmsInbox(): Promise<SmsInbox> {
  const secret = 'the deliverer and the server have it';
  const delivered: Delivered[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { 'guichet-timestamp': seconds, 'guichet-signature': signature } = request.headers;
    const isOurs = signature === `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
    if (isOurs) delivered.push(JSON.parse(body));
    response.writeHead(isOurs ? 204 : 401).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { SMS_SENDER: 'webhook', SMS_WEBHOOK_URL: `http://127.0.0.1:${port}/`, SMS_WEBHOOK_SECRET: secret },
    next: async (phone) => {
      const at = (): number => delivered.findIndex(({ to }) => to === phone);
      await expect.poll(at, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(0);
      return delivered.splice(at(), 1)[0]!;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
