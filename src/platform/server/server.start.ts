import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as ListeningServer } from 'node:net';
import { createDocuments } from '../documents/index.ts';
import { languageOf } from '../language/language.ts';
import { shapeError } from './answer.errors.ts';
import { type Census, createCensus } from './connection.census.ts';
import { createGraphqlRoute, writeRefusal } from './graphql.route.ts';
import { createLane } from './operation.lane.ts';
import { createPipelines } from './pipeline/pipeline.ts';
import { createRequestListener } from './request.listener.ts';
import type { RunningServer, ServerOptions } from './server.options.ts';
import { attachSockets, refuseRaw, type SocketServer } from './socket.server.ts';
import { countDocuments, createTransportMetrics } from './transport.metrics.ts';

/**
 * Starts the server: GraphQL over HTTP and sockets, probes, metrics, and the routes given.
 * @throws when the address cannot be listened on
 */
export async function startServer(options: ServerOptions, listen: { port: number; host: string }): Promise<RunningServer> {
  const { limits, logger } = options;
  const metrics = createTransportMetrics(options.metrics);
  const documents = createDocuments(options.surfaces, limits.documents, options.persisted);
  countDocuments(options.metrics, documents);
  const pipelines = createPipelines(options, documents, metrics);
  const census = createCensus(
    { socket: limits.socketsPerKey, stream: limits.subscriptions, nobodyFromOne: limits.nobodyFromOne, nobody: limits.nobody },
    { ended: options.endedCallers && ((callers) => options.endedCallers!(callers)), everyMs: limits.seatCheckMs, logger },
  );
  const state = { stopping: false };
  const openStreams = new Set<() => void>();
  const graphql = createGraphqlRoute(options, { pipelines, lane: createLane(options, documents), census, metrics, openStreams });
  const handle = createRequestListener(options, graphql, state);
  // Slow bodies are timed where they are read: a route may take an upload for longer.
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((error: unknown) => lastResort(options, error, response));
  };
  const server = createServer(
    {
      requestTimeout: 0,
      headersTimeout: limits.bodyMs,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 65_000,
      // Answered by the listener, like everything else: Node's own answers lack the headers of every answer.
      requireHostHeader: false,
      // Clients that offer HTTP/2 by an upgrade are content with an answer in HTTP/1.1.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    listener,
  );
  server.on('checkExpectation', listener);
  server.on('clientError', (error, stream) =>
    refuseRaw(stream, CLIENT_FAULTS[(error as NodeJS.ErrnoException).code ?? ''] ?? '400 Bad Request'),
  );
  const sockets = attachSockets(server, options, { pipelines, census, metrics });
  await listening(server, listen);
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    state.stopping = true;
    stopped ??= stopServer(server, sockets, census, openStreams, limits);
    return stopped;
  };
  return { port, url: `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`, stop };
}

/** What Node cannot read as a request. */
const CLIENT_FAULTS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function lastResort(options: ServerOptions, error: unknown, response: ServerResponse): void {
  const shaped = shapeError(error, {
    requestId: String(response.getHeader('X-Request-Id') ?? ''),
    language: languageOf(response.req.headers['accept-language']),
    logger: options.logger,
    errors: 1,
    hideSuggestions: true,
  });
  if (response.headersSent) response.destroy();
  else writeRefusal(response, 500, [shaped]);
}

const listening = (server: Server, listen: { port: number; host: string }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/**
 * The listener closes first; idle connections stay for a moment, because a request may be on its way on them, and each answer
 * tells its client to close. Whatever is left when the time is up is cut.
 */
async function stopServer(
  server: Server,
  sockets: SocketServer,
  census: Census,
  openStreams: Set<() => void>,
  limits: { stopMs: number; idleGraceMs: number },
): Promise<void> {
  census.stop();
  const closed = new Promise<void>((resolve) => void ListeningServer.prototype.close.call(server, () => resolve()));
  for (const end of openStreams) end();
  // Again and again: a request that began before the stop leaves its connection idle after it.
  const idle = setInterval(() => server.closeIdleConnections(), limits.idleGraceMs);
  const force = setTimeout(() => {
    sockets.terminate();
    server.closeAllConnections();
  }, limits.stopMs);
  await Promise.all([sockets.close(), closed]);
  clearInterval(idle);
  clearTimeout(force);
  // Ends what node's own close would have ended besides the listener: its check of slow connections.
  server.close();
}
