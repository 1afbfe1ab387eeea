import { GraphQLError } from 'graphql';
import { Registry } from 'prom-client';
import { onTestFinished } from 'vitest';
import { createLogger } from '../../../src/platform/log/logger.ts';
import { type Caller, type Limits, type RunningServer, type ServerOptions, startServer } from '../../../src/platform/server/index.ts';
import { patientLimits } from '../../../src/testing/patience.ts';
import { createWorld, schemaOf, type World } from './schema.fixture.ts';

export interface TestServer extends RunningServer {
  world: World;
  /** Lines of the log, parsed. */
  log: Record<string, unknown>[];
  metrics: Registry;
  /** Keys of callers whose seat has ended. */
  ended: Set<string>;
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** A running server for one test; `Bearer <name>` signs in as that name, `Bearer bad` does not, "chief" may introspect. */
export async function serve(limits: Partial<Limits> = {}, more: Partial<ServerOptions> = {}): Promise<TestServer> {
  const world = createWorld();
  const log: Record<string, unknown>[] = [];
  const metrics = new Registry();
  const ended = new Set<string>();
  const options: ServerOptions = {
    surfaces: { staff: schemaOf(world) },
    authenticate: async (authorization) => callerOf(authorization),
    mayIntrospect: ({ key }) => key === 'chief',
    context: (caller, { requestId }) => ({ caller: caller.value, requestId }),
    limits: { ...patientLimits, ...limits },
    allowedOrigins: ['https://listed.example'],
    isReady: async () => true,
    logger: createLogger('info', { write: (line: string) => void log.push(JSON.parse(line)) }),
    metrics,
    now: () => performance.now(),
    endedCallers: async (callers) => callers.filter(({ key }) => key !== undefined && ended.has(key)),
    ...more,
  };
  const server = await startServer(options, { port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.stop());
  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ...server, world, log, metrics, ended, post };
}

function callerOf(authorization: string | undefined): Caller {
  const name = authorization?.replace('Bearer ', '');
  if (name === 'bad') throw new GraphQLError('The token is not valid.', { extensions: { code: 'UNAUTHENTICATED' } });
  return { surface: 'staff', key: name, value: name ?? 'public' };
}

export const RESPONSE_JSON = { accept: 'application/graphql-response+json' };

/** The codes of an answer's errors. */
export async function codesOf(response: Response): Promise<string[]> {
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return (errors ?? []).map(({ extensions }) => extensions.code);
}
