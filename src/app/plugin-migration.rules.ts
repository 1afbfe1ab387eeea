import { reachesBeyond } from '../platform/database/ordinary-statement.ts';

/**
 * Keeps a plugin's migrations in the plugin's own database schema. A scanner of statements, not a parser: it knows the forms below and
 * refuses all others, `do` blocks and `select` among them. What stands in quotes (bodies of functions) it reads for names alone of what no
 * statement of a module may call, and it does not follow what a statement sets off (triggers, defaults, `using` of a policy). It holds off mistakes, not malice: migrations run with the rights of
 * the login.
 */

const NOT_READ = /"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/gi;

/** Statements in one line each, without comments, texts and bodies. */
const statementsOf = (sql: string): string[] =>
  sql
    .replaceAll(NOT_READ, (found) => (found.startsWith('"') ? found : /^(--|\/\*)/.test(found) ? ' ' : `''`))
    .split(';')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);

/** Would open the plugin's tables to other organizations, or move them out of its schema. */
const NEVER = /\b(security definer|(no force|disable) row level security|owner to|set schema|inherits?)\b/i;

const NAME = '(?:"[^"]+"|[a-z_][\\w$]*)';

function formsOf(schema: string): RegExp[] {
  const space = `(?:"${schema}"|${schema})`;
  const own = `${space} ?\\. ?${NAME}(?![\\w$."])`;
  const some = `${own}(?: ?, ?${own})*`;
  const absent = '(?:if (?:not )?exists )?';
  return [
    'create extension if not exists (?:"btree_gist"|btree_gist)$', // what exclusions of a tenant's rows are made with; PostgreSQL trusts it
    `create schema ${absent}${space}$`,
    `(?:grant|revoke) [\\w ,()]+? on (?:schema ${space}|(?:table |sequence )?${some}) (?:to|from) `,
    `create (?:unlogged )?table ${absent}${own}`,
    `create (?:unique )?index (?:concurrently )?${absent}${NAME} on (?:only )?${own}`,
    `create (?:or replace )?(?:function|procedure|sequence|type|domain) ${absent}${own}`,
    `create (?:or replace |constraint )?trigger ${NAME} [\\w ,]+? on ${own} .*execute (?:function|procedure) (?:${own}|(?:raise_rights_version|refuse_change) ?\\(\\)$)`,
    `alter (?:table|index|sequence|function|type|domain) ${absent}(?:only )?${own}`,
    `(?:create|alter|drop) (?:policy|trigger) ${absent}${NAME} on ${own}`,
    `drop (?:table|index(?: concurrently)?|sequence|type|domain) ${absent}${some}(?: restrict)?$`,
    `drop (?:function|procedure) ${absent}${own} ?(?:\\(.*\\))?$`,
    `comment on (?:table|index|sequence|type|domain) ${own} is `,
    `comment on column ${space} ?\\. ?${NAME} ?\\. ?${NAME} is `,
    `insert into ${own}`,
    `update (?:only )?${own}`,
    `delete from (?:only )?${own}`,
    `truncate (?:table )?(?:only )?${some}$`,
  ].map((form) => new RegExp(`^${form}`, 'i'));
}

/**
 * @param schema the plugin's own, such as `plg_ordering`.
 * @returns the beginning of the first statement that is none of the known forms in that schema, or the name of what it may not call;
 * undefined where all is right.
 */
export function strayStatement(sql: string, schema: string): string | undefined {
  const forms = formsOf(schema);
  const stray = statementsOf(sql).find((statement) => NEVER.test(statement) || !forms.some((form) => form.test(statement)));
  if (stray === undefined) return reachesBeyond(sql);
  return stray.length > 80 ? `${stray.slice(0, 80)}…` : stray;
}
