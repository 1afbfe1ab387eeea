import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Census } from './connection.census.ts';
import { peerOf } from './graphql.route.ts';
import { checkOrigin } from './origin.check.ts';
import type { Pipelines } from './pipeline/pipeline.ts';
import type { ServerOptions } from './server.options.ts';
import { BAD_MESSAGE, FAULT, GOING_AWAY, TOO_SLOW } from './socket.codes.ts';
import { Pings } from './socket.pings.ts';
import { type SocketExtra, socketProtocol } from './socket.protocol.ts';
import type { TransportMetrics } from './transport.metrics.ts';

export interface SocketServer {
  /** Takes no more sockets and closes those that are open with 1001; resolves when the last has gone. */
  close(): Promise<void>;
  terminate(): void;
}

/** Sockets of graphql-transport-ws on /graphql of an HTTP server. */
export function attachSockets(
  server: Server,
  options: ServerOptions,
  parts: { pipelines: Pipelines; census: Census; metrics: TransportMetrics },
): SocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.limits.messageBytes,
    handleProtocols,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const protocol = makeServer<Record<string, unknown>, SocketExtra>(socketProtocol(options, parts));
  sockets.on('wsClientError', (_error, stream) => refuseRaw(stream, '400 Bad Request'));
  const pings = new Pings(options.limits.pingMs);
  let closing = false;
  server.on('upgrade', (request, stream, head) => {
    const refused = refusalOf(request, options, closing);
    if (refused) {
      parts.metrics.refused(Number.parseInt(refused, 10));
      return refuseRaw(stream, refused);
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.once('close', parts.metrics.socketOpened());
      pings.add(socket);
      serveSocket(socket, request, protocol, options);
    });
  });
  return {
    async close() {
      closing = true;
      pings.stop();
      const gone = [...sockets.clients].map((socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve())));
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
      await Promise.all(gone);
    },
    terminate() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function refusalOf(request: IncomingMessage, options: ServerOptions, closing: boolean): string | undefined {
  if (closing) return '503 Service Unavailable';
  if (URL.parse(request.url ?? '', 'http://server')?.pathname !== '/graphql') return '404 Not Found';
  return checkOrigin(request.headers, options).allowed ? undefined : '403 Forbidden';
}

/** Answers on a bare connection, and closes it. */
export function refuseRaw(stream: Duplex, status: string): void {
  if (!stream.writable) return;
  stream.on('error', () => {});
  stream.end(
    `HTTP/1.1 ${status}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
}

/** graphql-ws throws where a client sends a message that is well formed but a server's, such as `next`. */
const isServersOwn = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Unexpected message of type ');

function serveSocket(
  socket: WebSocket,
  request: IncomingMessage,
  protocol: ReturnType<typeof makeServer<Record<string, unknown>, SocketExtra>>,
  options: ServerOptions,
): void {
  // ws answers a message that is too long or broken with the close code itself; without a listener the process would end.
  socket.on('error', (error) => options.logger.debug({ err: error }, 'socket fault'));
  const send = (data: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      if (socket.bufferedAmount + data.length > options.limits.sendBufferBytes && socket.bufferedAmount > 0) {
        socket.close(TOO_SLOW, 'Reads too slowly');
        return resolve();
      }
      socket.send(data, (error) => (error ? reject(error) : resolve()));
    });
  const onMessage = (handle: (data: string) => Promise<void>): void => {
    socket.on('message', (data, isBinary) => {
      // A peer may go on sending after it was told to go, for as long as it does not answer.
      if (socket.readyState !== socket.OPEN) return;
      if (isBinary) return socket.close(BAD_MESSAGE, 'Send text');
      handle(String(data)).catch((error: unknown) => {
        if (isServersOwn(error)) return socket.close(BAD_MESSAGE, 'Only servers send this');
        options.logger.error({ err: error }, 'socket message failed');
        socket.close(FAULT, 'Unexpected error.');
      });
    });
  };
  const close = (code: number, reason: string): void => socket.close(code, reason);
  const closed = protocol.opened(
    { protocol: socket.protocol, send, close, onMessage },
    { socket, peer: peerOf(request, options), starting: 0, following: 0 },
  );
  socket.once('close', (code, reason) => {
    closed(code, String(reason)).catch((error: unknown) => options.logger.error({ err: error }, 'socket end failed'));
  });
}
