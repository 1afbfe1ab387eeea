import { ConstantError } from '../log/constant.error.ts';

/** A statement that is none of a module's to send. */
export class StrayStatementError extends ConstantError {
  override readonly name = 'StrayStatementError';
}

/** What reads and writes rows. Left out are `set` and `reset`, `do`, `copy`, `call`, and all else that acts on the session or the tables. */
const ORDINARY = /^[\s(]*(?:select|insert|update|delete|merge|with|values)\b/i;
const LITERAL = /("(?:[^"]|"")*")|\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'/gi;
/** Ways of writing in which a name cannot be seen as it is: comments, which nest, quotes of dollars, escaped identifiers. */
const UNSEEN = /--|\/\*|\$(?!\d)|\bu&"/i;
/**
 * Functions that change the session, that last longer than the transaction, that tell others before it is committed, or that run text as SQL.
 */
const BEYOND = new RegExp(
  String.raw`\b(?:${[
    'set_config',
    'pg_(?:try_)?advisory_lock(?:_shared)?',
    'pg_notify',
    '(?:query|cursor|table|schema|database)_to_xml\\w*',
    'ts_stat|ts_rewrite',
    'dblink\\w*',
    'lo_(?:creat|create|from_bytea|get|put|open|close|lseek|lseek64|tell|tell64|truncate|truncate64|unlink|import|export)|lowrite|loread',
    'pg_(?:terminate|cancel)_backend',
  ].join('|')})\b|\binto\s+(?:local\s+|global\s+)?(?:temp|temporary|unlogged|table|pg_temp)\b`,
  'i',
);

const MOST_REMEMBERED = 2_000;
const known = new Set<string>();

/**
 * A module's statement reads or writes rows and does nothing else: what it was given to do ends with the transaction, in the rights that the
 * session has. The second wall behind it is the login, which may become nothing else.
 * @returns what is wrong with one that does more
 */
export function strayFault(text: string): StrayStatementError | undefined {
  if (known.has(text)) return undefined;
  const seen = text.replaceAll(LITERAL, (_found, identifier?: string) => identifier ?? `''`);
  if (!ORDINARY.test(seen)) return new StrayStatementError('A statement of a module selects, inserts, updates or deletes.');
  if (UNSEEN.test(seen)) return new StrayStatementError('A statement of a module has no comments, dollar quotes or escaped names.');
  if (BEYOND.test(seen)) return new StrayStatementError('A statement of a module calls no function that reaches past its transaction.');
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.add(text);
  return undefined;
}

/** What in a text, such as the body of a function, no statement of a module may call; undefined where there is nothing. */
export const reachesBeyond = (text: string): string | undefined => BEYOND.exec(text)?.[0];
