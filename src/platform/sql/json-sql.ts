import type { JsonForm } from '../entities/column.ts';
import { typeTag } from '../schema/global-id.ts';
import { quoted } from './sql.ts';

// JSON is written as text, piece by piece: faster than json_build_object, and able to carry the mark of refusal, which json values are not.

const CONSTANT = /^'((?:[^']|'')*)'$/;
/** PostgreSQL goes through pieces in a row by recursion, and its stack has two megabytes. */
const MOST_PIECES = 100;

/** Pieces one behind the other, as `concat` gives them in more time: what is null is passed over. */
function concatenated(pieces: readonly string[]): string {
  if (pieces.length <= MOST_PIECES)
    return `(${pieces.map((piece) => (CONSTANT.test(piece) ? piece : `coalesce((${piece})::text, '')`)).join(' || ')})`;
  const parts: string[] = [];
  for (let i = 0; i < pieces.length; i += MOST_PIECES) parts.push(concatenated(pieces.slice(i, i + MOST_PIECES)));
  return concatenated(parts);
}

const FORMS: Record<JsonForm, (value: string) => string> = {
  number: (value) => value,
  boolean: (value) => `to_json(${value})`,
  text: (value) => `to_json(${value})`,
  uuid: (value) => `to_json(${value}::text)`,
  date: (value) => `to_json(${value}::text)`,
  // RFC 3339 in UTC whatever the session's time zone
  instant: (value) => `to_char(${value} at time zone 'UTC', '\\"YYYY-MM-DD"T"HH24:MI:SS.MS"Z\\"')`,
  json: (value) => `${value}::text`,
};

export const jsonValue = (form: JsonForm, value: string, nullable: boolean): string =>
  nullable ? `coalesce(${FORMS[form](value)}::text, 'null')` : FORMS[form](value);

/** The global id that `encodeGlobalId` would make: two bytes for the type, sixteen of the UUID, in base64 for URLs. */
export const globalIdSql = (type: string, uuid: string): string =>
  concatenated([
    `'"'`,
    `translate(encode('\\x${typeTag(type).toString('hex')}'::bytea || uuid_send(${uuid}), 'base64'), '+/', '-_')`,
    `'"'`,
  ]);

/** @param items that are joined by commas; null where there are none. */
export const jsonList = (items: string): string => concatenated([`'['`, items, `']'`]);

/** Keys are names of GraphQL, so they need no escaping. Constant values melt into the text beside them. */
export function jsonObject(entries: readonly (readonly [key: string, value: string])[]): string {
  const pieces: string[] = [];
  let text = '{';
  for (const [i, [key, value]] of entries.entries()) {
    text += `${i ? ',' : ''}"${key}":`;
    const constant = CONSTANT.exec(value);
    if (constant) {
      text += constant[1]!.replaceAll("''", "'");
      continue;
    }
    pieces.push(quoted(text), value);
    text = '';
  }
  pieces.push(quoted(`${text}}`));
  return pieces.length === 1 ? pieces[0]! : concatenated(pieces);
}
