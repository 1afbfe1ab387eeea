import pg from 'pg';

/** What the driver knows of a connection, and keeps to itself. */
interface Session {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly sslNegotiation: string;
  readonly processID: number | null;
  readonly secretKey: number | null;
}
/** The driver's end of a connection, before there is a session on it. */
interface Wire {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(process: number, key: number): void;
  on(event: 'connect' | 'sslconnect' | 'end' | 'error', listener: () => void): void;
  readonly stream: { destroy(): void };
}
const { Connection } = pg as unknown as { Connection: new (config: Pick<Session, 'ssl' | 'sslNegotiation'>) => Wire };

const WITHIN_MILLISECONDS = 5_000;

/**
 * Asks PostgreSQL, on a connection of its own, to cancel what it does on another one. Nobody learns whether it was in time, so the other one
 * must not be used again: the cancelling may meet whatever is asked on it next.
 * @returns when PostgreSQL has taken the request, or could not be reached.
 */
export function cancelStatement(client: pg.ClientBase): Promise<void> {
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as unknown as Session;
  if (processID === null || secretKey === null) return Promise.resolve();
  const wire = new Connection({ ssl, sslNegotiation });
  const ask = (): void => wire.cancel(processID, secretKey);
  return new Promise((resolve) => {
    const timer = setTimeout(() => wire.stream.destroy(), WITHIN_MILLISECONDS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    wire.on('connect', () => {
      if (!ssl) ask();
      else if (sslNegotiation !== 'direct') wire.requestSsl();
    });
    wire.on('sslconnect', ask);
    wire.on('end', done);
    wire.on('error', done);
    if (host.startsWith('/')) wire.connect(`${host}/.s.PGSQL.${port}`);
    else wire.connect(port, host);
  });
}
