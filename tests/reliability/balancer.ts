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
 * Passes requests on to servers in turn over connections that it keeps, as a balancer does. It asks another server where a connection was
 * refused, when nothing has been sent, and does nothing else to help: it knows nothing of readiness, and never sends a request again that a
 * server may have got.
 */
export class Balancer {
  /** Requests that were refused a connection and went elsewhere. */
  refused = 0;
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
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED' || tries === backends.length) throw error;
        this.refused++;
      }
    }
  }
}

function send({ url, agent }: Backend, token: string | undefined, body: string): Promise<BalancedAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${token}` };
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers });
    sent.once('error', reject);
    sent.once('response', (response: IncomingMessage) => {
      text(response).then((read) => resolve({ status: response.statusCode!, body: read }), reject);
    });
    sent.end(body);
  });
}
