/** What a socket's first message says about who opens it, or why it cannot be said: then the socket is closed, and told so. */
export type SocketAuthorization =
  | { readonly authorization: string | undefined; readonly fault?: undefined }
  | { readonly authorization?: undefined; readonly fault: string };

/**
 * Reads `connectionParams`: `authorization`, or `headers` that hold it, in any letters. Whatever else stands there is refused: a token in a
 * place where nobody looks would open the socket of somebody who is not signed in, without a word.
 */
export function authorizationOf(params: Readonly<Record<string, unknown>> | null | undefined): SocketAuthorization {
  const found: unknown[] = [];
  for (const [name, value] of Object.entries(params ?? {})) {
    if (isNamed(name, 'authorization')) found.push(value);
    else if (isNamed(name, 'headers') && typeof value === 'object' && value !== null)
      found.push(...Object.entries(value).flatMap(([header, of]) => (isNamed(header, 'authorization') ? [of] : [])));
    else return { fault: 'connectionParams take authorization, or headers with it, and nothing else' };
  }
  if (found.length > 1) return { fault: 'connectionParams hold two authorizations' };
  const [authorization] = found;
  if (found.length && typeof authorization !== 'string') return { fault: 'authorization must be the text "Bearer <token>"' };
  return { authorization: authorization as string | undefined };
}

const isNamed = (name: string, wanted: string): boolean => name.length === wanted.length && name.toLowerCase() === wanted;
