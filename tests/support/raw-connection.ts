import { once } from 'node:events';
import { connect } from 'node:net';

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
