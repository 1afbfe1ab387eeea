import { describe, expect, it } from 'vitest';
import {
  bigint,
  boolean,
  bytewiseText,
  date,
  integer,
  json,
  oneOf,
  text,
  timestamptz,
  uuid,
} from '../../../src/platform/database/column.ts';
import { table } from '../../../src/platform/database/table.ts';
import { tableDdl } from '../../../src/platform/database/table-ddl.ts';

// The text that migrations are written from: a change of it is a change of every table to come.

const loans = table('plg_lending.loans', {
  columns: {
    tool_id: uuid().references('plg_lending.tools', 'cascade'),
    lent_to: uuid().nullable().references('employees'),
    state: oneOf('OUT', "BACK, with 'marks'"),
    count: integer().default('1').check('? > 0'),
    worth: bigint(),
    insured: boolean().default('false'),
    note: text().nullable(),
    sort_name: bytewiseText(),
    due: date().nullable(),
    detail: json<object>().default(`'{}'`),
    at: timestamptz(),
  },
  checks: { loans_note_when_back: `state = 'OUT' or note is not null` },
  indexes: {
    loans_newest: { columns: ['-id'] },
    loans_open: { columns: ['tool_id', '-at'], unique: true, where: `state = 'OUT'` },
  },
});
const SECURITY = `(select current_setting('guichet.organization')::uuid)`;

describe('a table', () => {
  it('gets its organization, its keys and its row security by itself', () => {
    expect(tableDdl(loans)).toBe(`create table plg_lending.loans (
  organization_id uuid not null,
  id uuid not null,
  tool_id uuid not null,
  lent_to uuid,
  state text not null check (state in ('OUT', 'BACK, with ''marks''')),
  count integer not null default 1 check (count > 0),
  worth bigint not null,
  insured boolean not null default false,
  note text,
  sort_name text collate "C" not null,
  due date,
  detail jsonb not null default '{}',
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, tool_id) references plg_lending.tools (organization_id, id) on delete cascade,
  foreign key (organization_id, lent_to) references employees (organization_id, id) on delete restrict,
  constraint loans_note_when_back check (state = 'OUT' or note is not null)
);
create index loans_newest on plg_lending.loans (organization_id, id desc);
create unique index loans_open on plg_lending.loans (organization_id, tool_id, at desc) where state = 'OUT';
alter table plg_lending.loans enable row level security;
alter table plg_lending.loans force row level security;
create policy loans_organization on plg_lending.loans to guichet_app using (organization_id = ${SECURITY}) with check (organization_id = ${SECURITY});
grant select, insert, update, delete on plg_lending.loans to guichet_app;`);
  });

  it('may have a key of its own, one row an organization, and serve the worker', () => {
    const links = table('links', { columns: { from_id: uuid(), to_id: uuid() }, key: ['from_id', 'to_id'] });
    expect(Object.keys(links.columns)).toEqual(['organization_id', 'from_id', 'to_id']);
    expect(tableDdl(links)).toContain('primary key (organization_id, from_id, to_id)');
    const single = table('settings', { columns: { value: text() }, key: [] });
    expect(tableDdl(single)).toContain('primary key (organization_id)');
    const chores = tableDdl(table('chores', { columns: { done: boolean() }, servesWorker: true }));
    expect(chores).toContain('create policy chores_worker on chores to guichet_worker using (true) with check (true);');
    expect(chores).toContain('grant select, insert, update, delete on chores to guichet_worker;');
    expect(tableDdl(links)).not.toContain('guichet_worker');
  });

  it('whose rows stay grants no change, and refuses it to its owner too', () => {
    const kept = tableDdl(table('plg_lending.returns', { columns: { tool: text() }, appendOnly: true }));
    expect(kept).toContain('grant select, insert on plg_lending.returns to guichet_app;');
    expect(kept.split('\n').at(-1)).toBe(
      'create trigger returns_stays before update or delete or truncate on plg_lending.returns for each statement execute function refuse_change();',
    );
    expect(tableDdl(loans)).not.toContain('refuse_change');
  });

  it.each([
    ['refers to it', {}, true],
    ['refers to it where what it belongs to may be missing', { tool_id: uuid().references('tools').nullable() }, true],
    ['refers to it where it belongs to a row of its own', { parent_id: uuid().references('parts') }, true],
    ['does not where a row that it belongs to does', { tool_id: uuid().references('tools') }, false],
  ])('%s: the organization', (_, columns, refers) => {
    const ddl = tableDdl(table('parts', { columns: { name: text(), ...columns } }));
    expect(ddl.includes('references organizations')).toBe(refers);
    expect(tableDdl(table('parts', { columns: { name: text(), ...columns }, rootless: true }))).not.toContain('references organizations');
  });
  it('of the organizations themselves refers to no other', () => {
    expect(tableDdl(table('organizations', { columns: { name: text() }, key: [] }))).not.toContain('foreign key');
  });
});

describe('a column', () => {
  it('is not changed by what is said of it later', () => {
    const plain = text();
    const said = plain.nullable().default(`'x'`).check('? <> 1').references('employees');
    expect(plain.definition).toEqual({ sqlType: 'text', form: 'text', nullable: false });
    expect(said.definition).toEqual({
      sqlType: 'text',
      form: 'text',
      nullable: true,
      default: `'x'`,
      check: '? <> 1',
      references: { table: 'employees', onDelete: 'restrict' },
    });
  });
});
