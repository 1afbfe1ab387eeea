import { createServer } from 'node:net';

/**
 * A free TCP port of 127.0.0.1: the preferred one if it can be had, so that pools opened before a crash find the server again.
 * Somebody may still take it before it is used.
 */
export async function freePort(preferred: number): Promise<number> {
  return preferred > 0 ? probe(preferred).catch(() => probe(0)) : probe(0);
}

function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
