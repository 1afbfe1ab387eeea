import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

interface Backend {
  readonly url: string;
  readonly agent: Agent;
}
export interface BalancedAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Passes requests on to servers in turn over connections that it keeps, as a balancer does. It asks another server in two cases alone: a
 * connection was refused, or one that was kept from an earlier request was closed before a byte of the answer had come, because the server
 * closed it as idle while the request was on its way. It knows nothing of readiness.
 */
export class Balancer {
  /** Requests that were refused a connection and went elsewhere. */
  refused = 0;
  /** Requests that came too late for a kept connection and went elsewhere. */
  late = 0;
  #backends: Backend[] = [];
  #turn = 0;

  /** Takes a server in. @param instead the one whose place it takes */
  add(url: string, instead?: string): void {
    this.#backends = this.#backends.filter((one) => one.url !== instead);
    this.#backends.push({ url, agent: new Agent({ keepAlive: true, maxSockets: 64 }) });
  }
  close(): void {
    for (const { agent } of this.#backends) agent.destroy();
  }

  /** @throws where no server takes the connection, or one breaks it off. */
  async post(token: string | undefined, body: object): Promise<BalancedAnswer> {
    const [backends, first] = [this.#backends, this.#turn++];
    for (let tries = 1; ; tries++) {
      const backend = backends[(first + tries) % backends.length]!;
      try {
        return await send(backend, token, JSON.stringify(body));
      } catch (error) {
        if (!(error instanceof Unanswered) || tries === 2 * backends.length) throw error;
        if (error.kept) this.late++;
        else this.refused++;
      }
    }
  }
}

/** Nobody has answered, and it may be asked elsewhere. */
class Unanswered extends Error {
  readonly kept: boolean;
  constructor(kept: boolean) {
    super('No answer.');
    this.kept = kept;
  }
}

function send({ url, agent }: Backend, token: string | undefined, body: string): Promise<BalancedAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${token}` };
    let hasBegun = false;
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(new Unanswered(false));
      else if (sent.reusedSocket && !hasBegun) reject(new Unanswered(true));
      else reject(error);
    });
    sent.once('response', (response: IncomingMessage) => {
      hasBegun = true;
      text(response).then((read) => resolve({ status: response.statusCode!, body: read }), reject);
    });
    sent.end(body);
  });
}
