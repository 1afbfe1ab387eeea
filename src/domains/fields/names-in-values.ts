import { sql as anySql } from '../../sdk/core.ts';
import { type Sql, sql, valueFrom } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { files } from '../files/index.ts';

type Row = Parameters<typeof valueFrom>[0];

/** UUIDs that stand anywhere in JSON. */
const idsIn = (json: Sql): Sql =>
  anySql`any(array(select (found #>> '{}')::uuid from jsonb_path_query(${json}, '$.** ? (@.type() == "string" && @ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")') as found))`;

/** Names, by their ids, of the employees whom values name: give it no values that the reader may not read. */
export const employeesNamedIn = (row: Row, values: Sql): Sql =>
  valueFrom(row, { person: employees }, ({ person }) => ({
    value: sql`jsonb_object_agg(${person.id}, ${person.name})`,
    where: sql`${person.id} = ${idsIn(values)}`,
  }));

/** Names of files that values name, by their ids. */
export const filesNamedIn = (row: Row, values: Sql): Sql =>
  valueFrom(row, { file: files }, ({ file }) => ({
    value: sql`jsonb_object_agg(${file.id}, ${file.name})`,
    where: sql`${file.id} = ${idsIn(values)}`,
  }));
