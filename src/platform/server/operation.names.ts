import { loggableName } from './request.record.ts';

/** No names that GraphQL knows, so that no operation is called so. */
const UNNAMED = '(unnamed)';
const OTHER = '(other)';
const MOST_NAMES = 100;

/**
 * Names of operations for figures. Clients choose them, so they are bounded: the first hundred names that seats were answered under stand for
 * themselves, all further ones together.
 * @returns the name to count under. @param isTrusted whether a seat was answered: nobody else brings in a name.
 */
export function operationNames(most = MOST_NAMES): (name: string | undefined, isTrusted: boolean) => string {
  const known = new Set<string>();
  return (name, isTrusted) => {
    if (name === undefined) return UNNAMED;
    if (known.has(name)) return name;
    if (!isTrusted || known.size >= most || !loggableName(name)) return OTHER;
    known.add(name);
    return name;
  };
}
