import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// What every contestant that is not this server has: its database, the seat of a request, and a line that says where it listens.

export const databaseUrl = process.env.DATABASE_URL as string;
export const connections = Number(process.env.DATABASE_POOL);

export interface Seat {
  readonly id: string;
  readonly organizationId: string;
}
const SHAPE = /^[0-9a-f-]{36}$/;

/** The seat that a request names; the contestants take it on trust. */
export function seatOf(headers: IncomingHttpHeaders | undefined): Seat | undefined {
  const [organizationId, id] = String(headers?.['x-seat'] ?? '').split('/');
  return organizationId && id && SHAPE.test(organizationId) && SHAPE.test(id) ? { organizationId, id } : undefined;
}

export function listenAndTell(server: Server): void {
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.stdout.write(`listening on ${(server.address() as AddressInfo).port}\n`));
  process.on('SIGTERM', () => process.exit(0));
}
