/**
 * What the GraphiQL page runs before GraphiQL itself.
 *
 * The bundled fetcher shares one socket between tabs and sends no header over it, so each subscription opens a socket of its own here
 * and passes the tab's headers as connectionParams. GraphiQL keeps tabs in localStorage and would show the last seat's tabs, tokens
 * included, to the next seat: each page gets a storage that ends with it.
 */
export const GRAPHIQL_CLIENT = `
(() => {
  const kept = new Map();
  const storage = {
    get length() { return kept.size; },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(String(key)) ?? null,
    setItem: (key, value) => void kept.set(String(key), String(value)),
    removeItem: (key) => void kept.delete(String(key)),
    clear: () => kept.clear(),
  };
  try { for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql')) localStorage.removeItem(key); } catch {}
  Object.defineProperty(window, 'localStorage', { value: storage });
})();
const guichetAddress = location.origin + '/graphql';
function guichetKind(params, documentAST) {
  const operations = (documentAST?.definitions ?? []).filter((definition) => definition.kind === 'OperationDefinition');
  const named = operations.find((operation) => operation.name?.value === params.operationName);
  return (named ?? operations[0])?.operation;
}
function guichetParams({ query, variables, operationName }) {
  return { query, variables: variables ?? undefined, operationName: operationName ?? undefined };
}
function guichetSubscribe(params, headers) {
  return {
    subscribe(observer) {
      const socket = new WebSocket(guichetAddress.replace(/^http/, 'ws'), 'graphql-transport-ws');
      const send = (message) => socket.send(JSON.stringify(message));
      let over = false;
      socket.onopen = () => send({ type: 'connection_init', payload: headers ?? {} });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: guichetParams(params) });
        if (message.type === 'ping') send({ type: 'pong' });
        if (message.type === 'next') observer.next(message.payload);
        if (message.type === 'error') { observer.next({ errors: message.payload }); over = true; observer.complete(); socket.close(); }
        if (message.type === 'complete') { over = true; observer.complete(); socket.close(); }
      };
      socket.onclose = ({ code, reason }) => { if (!over) observer.error(new Error('The socket was closed: ' + code + ' ' + reason)); };
      return { unsubscribe() { over = true; socket.close(1000); } };
    },
  };
}
async function guichetFetch(params, headers) {
  const response = await fetch(guichetAddress, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(guichetParams(params)),
  });
  return response.json();
}
function guichetFetcher(params, options) {
  const headers = Object.fromEntries(Object.entries(options?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return guichetKind(params, options?.documentAST) === 'subscription' ? guichetSubscribe(params, headers) : guichetFetch(params, headers);
}
`;
