import { WebSocket } from 'ws';
import { idOf } from '../dialect-guichet.ts';
import { type Client, prepare } from '../load.ts';
import type { BenchSeat } from '../operations.ts';
import type { LiveForm, LiveSocket } from './live-data.ts';

/** Names of the two things that a socket follows, as every message begins with them. */
export type Followed = 'own' | 'hot';
/** One contestant's way to follow forms and to make an event. */
export interface LiveDialect {
  /** A socket that is connected and follows its own form and, where there is one, the hot one. `told` is called for each event. */
  open(port: number, socket: LiveSocket, hot: LiveForm | undefined, told: (of: Followed) => void): Promise<WebSocket>;
  /** Makes an event of a form. */
  publish(client: Client, followed: Followed, form: LiveForm, next: BenchSeat): Promise<string>;
}

const FORM = `subscription S1($id: ID!) { businessForm(id: $id) {
  cursor kind at customerState form { id number state customerState contact { name } } } }`;
const APPROVE = `mutation S1($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { ... on ApproveFormTaskSuccess { task { id state } } } }`;

const connected = (url: string, protocols: string[]): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
const acknowledged = (socket: WebSocket): Promise<void> => new Promise((resolve) => void socket.once('message', () => resolve()));
/** Listens to what begins with the name of a subscription. */
function listen(socket: WebSocket, told: (of: Followed) => void): void {
  socket.on('message', (data: Buffer) => {
    const of = data.toString('latin1', 7, 10);
    if (of !== 'own' && of !== 'hot') throw new Error(`Not an event: ${data}`);
    if (data.includes('"errors"') || !data.includes('"next"')) throw new Error(`Refused: ${data}`);
    told(of);
  });
}

export const guichetLive: LiveDialect = {
  async open(port, { seat, form }, hot, told) {
    const socket = await connected(`ws://127.0.0.1:${port}/graphql`, ['graphql-transport-ws']);
    const known = acknowledged(socket);
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${seat.token}` } }));
    await known;
    listen(socket, told);
    const follow = (id: Followed, { id: uuid }: LiveForm): void =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: FORM, variables: { id: idOf('BusinessForm', uuid) } } }));
    follow('own', form);
    if (hot) follow('hot', hot);
    return socket;
  },
  publish(client, _followed, form, next) {
    const input = { taskId: idOf('FormTask', form.taskId), nextApproverId: idOf('Employee', next.id) };
    return client.ask(prepare({ query: APPROVE, variables: { input } }, { authorization: `Bearer ${form.seat.token}` }));
  },
};

const example = (id: string, followed: Followed): string =>
  JSON.stringify({
    id: followed,
    type: 'next',
    payload: {
      data: {
        businessForm: {
          cursor: 'AAAAAAAAAAAAAAAAAAAAAA',
          kind: 'MOVED',
          at: '2025-01-01T00:00:00.000Z',
          customerState: 'IN_PROGRESS',
          form: { id, number: 'BF-00000000', state: 'IN_REVIEW', customerState: 'IN_PROGRESS', contact: { name: 'Somebody' } },
        },
      },
    },
  });

/** Messages of the same length, from a server that knows nothing. */
export const fanOutLive: LiveDialect = {
  async open(port, { form }, hot, told) {
    const socket = await connected(`ws://127.0.0.1:${port}/`, []);
    const known = acknowledged(socket);
    socket.send(JSON.stringify([form.id, ...(hot ? [hot.id] : [])]));
    await known;
    listen(socket, told);
    return socket;
  },
  publish(client, followed, { id }) {
    return client.ask(prepare({ query: '', variables: { topic: id, message: example(id, followed) } }, {}));
  },
};
