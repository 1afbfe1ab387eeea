import { describe, expect, it } from 'vitest';
import { StrayStatementError, strayFault } from '../../../src/platform/database/ordinary-statement.ts';

describe('a statement of a module', () => {
  it.each([
    'select 1',
    '  (select 1) union (select 2)',
    'SELECT set_configuration from things',
    `select 'set_config', '{"--": "/*", "do $$": 1}', e'it\\'s -- no comment' from contacts where name = $1`,
    'select "linked_db", lo_limit from things',
    'insert into notes (id) values ($1) on conflict do nothing',
    'with found as (select 1) update notes set word = $2 where id = $1',
    'delete from notes where organization_id = $1',
    'merge into notes using other on true when matched then delete',
    'select pg_advisory_xact_lock($1)',
    'select current_setting($1)',
    'values (1), (2)',
    `select 'it''s set_config' as word`,
  ])('passes: %s', (text) => {
    expect(strayFault(text)).toBeUndefined();
    expect(strayFault(text)).toBeUndefined();
  });

  it.each([
    ['sets', 'set local role none'],
    ['sets', 'SET ROLE none'],
    ['sets', '\n\tset session authorization default'],
    ['sets', '/* first */ set role none'],
    ['sets', '-- first\nset role none'],
    ['resets', 'reset role'],
    ['runs a block', `do $$ begin perform 1; end $$`],
    ['copies', 'copy contacts to stdout'],
    ['calls', 'call tidy()'],
    ['begins', 'begin'],
    ['ends', 'commit'],
    ['ends', 'rollback'],
    ['ends', 'end'],
    ['marks', 'savepoint here'],
    ['discards', 'discard all'],
    ['prepares', 'prepare mine as select 1'],
    ['listens', 'listen guichet_events'],
    ['locks', 'lock table contacts'],
    ['makes', 'create temporary table contacts (id uuid)'],
    ['grants', 'grant guichet_app to public'],
    ['explains', 'explain analyze select 1'],
    ['is nothing', ''],
    ['is something else', 'selection'],
    ['configures', `select set_config('role', 'none', true)`],
    ['configures', `select pg_catalog."set_config"('role', 'none', false)`],
    ['configures', `select SET_CONFIG ('role', 'none', true)`],
    ['configures', `select set_config/**/('role', 'none', true)`],
    ['configures behind an escaped name', `select U&"set\\005fconfig"('role', 'none', true)`],
    ['configures behind a comment that nests', `select 1 /* /* */ ' */, set_config('role', 'none', true) -- '`],
    ['configures behind a comment', `select 1 /* ' */, set_config('role', 'none', true) /* ' */`],
    ['configures behind quoted dollars', `select $a$ ' $a$, set_config('role', 'none', true), $a$ ' $a$`],
    ['configures behind an escape', `select e'\\'', set_config('role', 'none', true), e'\\''`],
    ['configures behind a quote in a name', `select 1 as "'", set_config('role', 'none', true) as "'"`],
    ['configures in what it inserts', `insert into notes (word) select set_config('role', 'none', true)`],
    ['configures in what it deletes', `with gone as (delete from notes returning set_config('role', 'none', true)) select 1`],
    ['runs a text', `select query_to_xml('select ' || 'set_' || 'config(''role'', ''none'', true)', true, true, '')`],
    ['runs a text', `select * from ts_stat('select to_tsvector(name) from contacts')`],
    ['runs a text elsewhere', `select * from dblink('dbname=postgres', 'select 1') as t (n int)`],
    ['locks for the session', 'select pg_advisory_lock(1)'],
    ['locks for the session', 'select pg_try_advisory_lock_shared(1)'],
    ['tells others', `select pg_notify('guichet_events', '')`],
    ['keeps what has no organization', `select lo_from_bytea(0, 'x')`],
    ['ends others', 'select pg_terminate_backend(1)'],
    ['makes a table of the session', 'select * into temporary contacts from contacts'],
    ['makes a table of the session', 'select * into pg_temp.contacts from contacts'],
  ])('is refused where it %s: %s', (_, text) => {
    expect(strayFault(text)).toBeInstanceOf(StrayStatementError);
    expect(strayFault(text)).toBeInstanceOf(StrayStatementError);
  });
});
