import { once } from 'node:events';
import { connect } from 'node:net';

// What no client library sends: texts and bytes as they are.

interface Told {
  readonly message: string;
  readonly extensions: { readonly code: string };
}
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Codes of its errors. */
  readonly codes: readonly string[];
}

/** Posts a text to /graphql, whatever it is. */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text) as { errors?: Told[] };
  return { status: response.status, headers: response.headers, text, codes: errors.map(({ extensions }) => extensions.code) };
}

export const bearer = (token: string | undefined): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** Sends bytes on a connection, and reads until the server hangs up or has said `until`. */
export async function say(url: string, bytes: string | Buffer, until?: RegExp): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(bytes);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
    if (until?.test(text)) socket.end();
  });
  await once(socket, 'close');
  return text;
}

/** The statuses of the answers in what a connection said. */
export const statuses = (said: string): number[] => [...said.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
