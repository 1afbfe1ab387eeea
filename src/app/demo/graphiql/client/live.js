import { operationOf, paramsOf } from './operations.js';

/** One subscription over a socket of its own: GraphiQL's would share one between tabs, and sends no header over it. */
export function follow(address, params, headers, { next, end }) {
  const socket = new WebSocket(address.replace(/^http/, 'ws'), 'graphql-transport-ws');
  const send = (message) => socket.send(JSON.stringify(message));
  let over = false;
  const finish = (error) => {
    if (over) return;
    over = true;
    socket.close(1000);
    end(error);
  };
  socket.onopen = () => send({ type: 'connection_init', payload: { headers } });
  socket.onmessage = ({ data }) => {
    const { type, payload } = JSON.parse(data);
    if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: paramsOf(params) });
    if (type === 'ping') send({ type: 'pong' });
    if (type === 'next') next(payload);
    if (type === 'error') next({ errors: payload });
    if (type === 'error' || type === 'complete') finish();
  };
  socket.onclose = ({ code, reason }) => finish(new Error(`The socket was closed: ${code} ${reason}`));
  return finish;
}

/**
 * Subscriptions that are under way, listed below the editor. GraphiQL ends that of a tab when another tab is opened; here it goes on until
 * somebody stops it, and who comes back to its tab and starts it again sees its last event at once.
 * @param begin begins one (`follow`)
 * @param isChangeOfTabs whether what has just been clicked is a tab
 * @param show shows the list: of each its title, how many events it had, the last one, and `stop`
 */
export function liveSubscriptions(begin, isChangeOfTabs, show) {
  const running = new Map();
  const shown = () => show([...running.values()]);
  const start = (key, params, headers) => {
    const one = { title: operationOf(params)?.name ?? 'subscription', events: 0, last: undefined, observer: undefined };
    const finish = begin(params, headers, {
      next(answer) {
        one.events += 1;
        one.last = answer;
        one.observer?.next(answer);
        shown();
      },
      end(error) {
        running.delete(key);
        if (error) one.observer?.error(error);
        else one.observer?.complete();
        shown();
      },
    });
    one.stop = () => finish();
    running.set(key, one);
    shown();
    return one;
  };
  /** What GraphiQL subscribes to. */
  return (params, headers) => ({
    subscribe(observer) {
      const key = JSON.stringify([params.query, params.variables ?? null, params.operationName ?? null]);
      const one = running.get(key) ?? start(key, params, headers);
      one.observer = observer;
      if (one.last) observer.next(one.last);
      return {
        unsubscribe() {
          if (one.observer === observer) one.observer = undefined;
          if (!isChangeOfTabs()) one.stop();
        },
      };
    },
  });
}
