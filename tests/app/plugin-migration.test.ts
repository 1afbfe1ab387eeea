import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { strayStatement } from '../../src/app/plugin-migration.rules.ts';

const stray = (sql: string): string | undefined => strayStatement(sql, 'plg_lending');

describe('a plugin’s migration', () => {
  it.each([
    'create schema plg_lending',
    'create extension if not exists btree_gist',
    'CREATE SCHEMA IF NOT EXISTS "plg_lending"',
    'grant usage on schema plg_lending to guichet_app',
    'create table plg_lending.loans (id uuid, foreign key (id) references contacts (id))',
    'create table if not exists "plg_lending"."loans" (id uuid)',
    'create unique index loans_due on plg_lending.loans (due)',
    "alter table plg_lending.loans add column note text default 'drop table contacts;' not null",
    'alter table plg_lending.loans force row level security',
    'create policy loans_organization on plg_lending.loans to guichet_app using (true)',
    'grant select, insert (id, due), update on plg_lending.loans, plg_lending.tools to guichet_app',
    'revoke all on plg_lending.loans from guichet_worker',
    'drop index plg_lending.loans_due',
    'drop index concurrently if exists plg_lending.loans_due',
    'create unique index concurrently loans_due on plg_lending.loans (organization_id, due)',
    'drop table if exists plg_lending.loans, plg_lending.tools',
    "comment on column plg_lending.loans.due is 'When it is due; see contacts.'",
    'insert into plg_lending.loans select * from plg_lending.old_loans',
    'update plg_lending.loans set due = now()',
    'delete from only plg_lending.loans',
    'truncate plg_lending.loans',
    'create function plg_lending.due() returns trigger language plpgsql as $body$ begin return new; end; $body$',
    'create trigger loans_due before insert or update on plg_lending.loans for each row execute function plg_lending.due()',
    'create trigger loans_rights after update of due on plg_lending.loans for each row execute function raise_rights_version()',
    'create constraint trigger loans_rights after update of due on plg_lending.loans deferrable initially deferred for each row execute function raise_rights_version()',
    'create trigger loans_stays before update or delete or truncate on plg_lending.loans for each statement execute function refuse_change()',
    '-- drop table contacts;\n/* drop table contacts; */ create table plg_lending.loans (id uuid);;',
    "insert into plg_lending.loans values (e'it\\'s; drop table contacts;')",
  ])('may: %s', (sql) => {
    expect(stray(sql)).toBeUndefined();
  });

  it.each([
    'create schema plg_ordering',
    'create schema plg_lending create table contacts (id uuid)',
    'create table loans (id uuid)',
    'create table public.loans (id uuid)',
    'create table plg_lending.public.loans (id uuid)',
    'create table "plg_lending.loans" (id uuid)',
    'create table plg_lending2.loans (id uuid)',
    'alter table contacts disable row level security',
    'alter table plg_lending.loans disable row level security',
    'alter table plg_lending.loans no force row level security',
    'alter table plg_lending.loans owner to guichet_app',
    'alter table plg_lending.loans set schema public',
    'alter table plg_lending.loans inherit contacts',
    'create index contacts_due on contacts (id)',
    'create policy open on contacts using (true)',
    'drop policy contacts_organization on contacts',
    'drop table plg_lending.loans, contacts',
    'drop table plg_lending.loans cascade',
    'drop schema plg_lending cascade',
    'grant select on contacts to guichet_app',
    'grant select on plg_lending.loans, contacts to guichet_app',
    'grant guichet_worker to guichet_app',
    'grant all on all tables in schema public to guichet_app',
    'update contacts set name = null',
    'delete from contacts',
    'insert into contacts select * from plg_lending.loans',
    'truncate plg_lending.loans, contacts',
    'create function plg_lending.all() returns int security definer language sql as $$ select 1 $$',
    'create trigger spy after insert on contacts for each row execute function plg_lending.spy()',
    'create trigger spy after insert on plg_lending.loans for each row execute function pg_catalog.lo_manage()',
    'create view plg_lending.everybody as select * from contacts',
    'do $$ begin drop table contacts; end $$',
    'select pg_terminate_backend(1)',
    'set role postgres',
    'create role plg_lending',
    'create extension dblink',
    'create extension if not exists btree_gist cascade',
    'alter system set fsync = off',
    'with gone as (delete from contacts returning *) insert into plg_lending.loans select id from gone',
  ])('may not: %s', (sql) => {
    const [word] = sql.split(' ');
    expect(stray(`comment on table plg_lending.loans is 'Loans.'; ${sql}`)?.split(' ')[0]).toBe(word);
  });

  it.each([
    ['set_config', 'create function plg_lending.away() returns text language sql as $$ select set_config($1, $2, true) $$'],
    ['set_config', "create function plg_lending.away() returns text language sql as 'select pg_catalog.set_config($1, $2, true)'"],
    ['pg_advisory_lock', 'create function plg_lending.held() returns void language sql as $$ select pg_advisory_lock(1) $$'],
    ['set_config', "alter table plg_lending.loans add column away text default set_config('role', 'none', true)"],
  ])('may not name %s, also where it is not run now: %s', (name, sql) => {
    expect(stray(sql)).toBe(name);
  });
  it('is told by the first statement that strays, cut short', () => {
    expect(stray(`create table plg_lending.loans (id uuid);\n drop   table\n contacts; drop table employees`)).toBe('drop table contacts');
    expect(stray(`alter table contacts add column ${'x'.repeat(100)} text`)).toMatch(/^alter table contacts .{59}…$/);
  });
  it('of the ordering plugin keeps to its schema', () => {
    const folder = new URL('../../plugins/ordering/migrations/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(strayStatement(readFileSync(new URL(file, folder), 'utf8'), 'plg_ordering')).toBeUndefined();
  });
});
