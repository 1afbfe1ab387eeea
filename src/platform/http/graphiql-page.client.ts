/**
 * What the GraphiQL page runs before GraphiQL itself.
 *
 * The bundled fetcher shares one socket between tabs and sends no header over it, so each subscription opens a socket of its own here
 * and passes the tab's headers as connectionParams. GraphiQL keeps tabs in localStorage and would show the last seat's tabs, tokens
 * included, to the next seat: each page gets a storage that ends with it.
 */
export const GRAPHIQL_CLIENT = String.raw`
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
// GraphiQL hands its parsed document and the operation's name over late after a change of tabs, so the text itself is asked.
function guichetOperations(query) {
  const found = [];
  let depth = 0;
  for (const [token] of query.matchAll(/#[^\n]*|"""[^]*?"""|"(?:\\.|[^"\\\n])*"|[{}()]|[_A-Za-z]\w*/g)) {
    if (token === '{' && depth === 0 && !(found.at(-1)?.open)) found.push({ kind: 'query', open: true });
    if (token === '{' || token === '(') depth += 1;
    if (token === '}' || token === ')') depth -= 1;
    if (token === '}' && depth === 0) found.at(-1).open = false;
    if (depth > 0 || !/^[_A-Za-z]/.test(token)) continue;
    if (found.at(-1)?.open) found.at(-1).name ??= token;
    else found.push({ kind: token, open: true });
  }
  return found.filter(({ kind }) => kind !== 'fragment');
}
function guichetParams({ query, variables, operationName }) {
  const name = guichetOperations(query).some((operation) => operation.name === operationName) ? operationName : undefined;
  return { query, variables: variables ?? undefined, operationName: name };
}
function guichetKind({ query, operationName }) {
  const operations = guichetOperations(query);
  return (operations.find(({ name }) => name === operationName) ?? operations[0])?.kind;
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
  return guichetKind(params) === 'subscription' ? guichetSubscribe(params, headers) : guichetFetch(params, headers);
}
`;
