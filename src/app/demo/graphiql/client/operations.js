// GraphiQL hands its parsed document and the operation's name over late after a change of tabs, so the text itself is asked.

/** Kinds and names of the operations of a text, in its order. */
export function operationsOf(query) {
  const found = [];
  let depth = 0;
  for (const [token] of query.matchAll(/#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|[{}()]|[_A-Za-z]\w*/g)) {
    if (token === '{' && depth === 0 && !found.at(-1)?.open) found.push({ kind: 'query', open: true });
    if (token === '{' || token === '(') depth += 1;
    if (token === '}' || token === ')') depth -= 1;
    if (token === '}' && depth === 0) found.at(-1).open = false;
    if (depth > 0 || !/^[_A-Za-z]/.test(token)) continue;
    if (found.at(-1)?.open) found.at(-1).name ??= token;
    else found.push({ kind: token, open: true });
  }
  return found.filter(({ kind }) => kind !== 'fragment');
}

/** What is sent: no name of an operation that the text has not. */
export function paramsOf({ query, variables, operationName }) {
  const name = operationsOf(query).some((operation) => operation.name === operationName) ? operationName : undefined;
  return { query, variables: variables ?? undefined, operationName: name };
}

/** The operation that is run. */
export function operationOf({ query, operationName }) {
  const operations = operationsOf(query);
  return operations.find(({ name }) => name === operationName) ?? operations[0];
}
