// GraphiQL hands its parsed document and the operation's name over late after a change of tabs, so the text itself is asked.

/** Kinds, names and variables of the operations of a text, in its order. */
export function operationsOf(query) {
  const found = [];
  let depth = 0;
  for (const [token] of query.matchAll(/#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|[{}()]|[$_A-Za-z]\w*/g)) {
    if (token === '{' && depth === 0 && !found.at(-1)?.open) found.push({ kind: 'query', open: true, variables: new Set() });
    if (token === '{' || token === '(') depth += 1;
    if (token === '}' || token === ')') depth -= 1;
    if (token === '}' && depth === 0) found.at(-1).open = false;
    if (token[0] === '$') found.at(-1)?.variables.add(token.slice(1));
    if (depth > 0 || !/^[_A-Za-z]/.test(token)) continue;
    if (found.at(-1)?.open) found.at(-1).name ??= token;
    else found.push({ kind: token, open: true, variables: new Set() });
  }
  return found.filter(({ kind }) => kind !== 'fragment');
}

/** What is sent: no name of an operation that the text has not, and no variables that the operation does not name. */
export function paramsOf({ query, variables, operationName }) {
  const name = operationsOf(query).some((operation) => operation.name === operationName) ? operationName : undefined;
  const named = operationOf({ query, operationName })?.variables;
  const own = variables && Object.fromEntries(Object.entries(variables).filter(([variable]) => named?.has(variable)));
  return { query, variables: own ?? undefined, operationName: name };
}

/** The operation that is run. */
export function operationOf({ query, operationName }) {
  const operations = operationsOf(query);
  return operations.find(({ name }) => name === operationName) ?? operations[0];
}
