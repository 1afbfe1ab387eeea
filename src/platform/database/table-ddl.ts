import type { Column } from './column.ts';
import type { Index, Table } from './table.ts';

/** The role that requests run as: cannot log in, owns nothing, has no BYPASSRLS. */
export const APP_ROLE = 'guichet_app';
/** The role of the server's own chores that cross organizations; sees only tables that say `servesWorker`. */
export const WORKER_ROLE = 'guichet_worker';
/** Reaches the schema `identity` and nothing else. */
export const IDENTITY_ROLE = 'guichet_identity';
/** The setting that names the organization of a transaction. Missing or empty, every policy raises an error. */
export const ORGANIZATION_SETTING = 'guichet.organization';

const ROOT = 'organizations';
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const bare = (name: string): string => name.replace(/^.*\./, '');

/** SQL that makes a table with its keys, indexes, row level security and grants. */
export function tableDdl(table: Table): string {
  const lines = [
    ...Object.entries(table.columns).map(([name, column]) => columnDdl(name, column)),
    `primary key (${keyOf(table).join(', ')})`,
    ...(refersToRoot(table) ? [`foreign key (organization_id) references ${ROOT} (organization_id)`] : []),
    ...Object.entries(table.columns).flatMap(([name, { definition }]) => foreignKey(name, definition.references)),
    ...Object.entries(table.checks).map(([name, condition]) => `constraint ${name} check (${condition})`),
  ];
  return [
    `create table ${table.name} (\n  ${lines.join(',\n  ')}\n);`,
    ...Object.entries(table.indexes).map(([name, index]) => indexDdl(table, name, index)),
    ...securityDdl(table),
    ...rightsDdl(table),
    ...keepingDdl(table),
  ].join('\n');
}

/** A row that cannot be without another of its organization belongs to one by that. */
export const refersToRoot = ({ name, columns, rootless }: Table): boolean =>
  name !== ROOT && !rootless && !Object.values(columns).some(({ definition }) => isParent(name, definition));
const isParent = (name: string, { references, nullable }: Column<unknown, boolean>['definition']): boolean =>
  references !== undefined && !nullable && references.table !== name;

const keyOf = ({ key }: Table): string[] => ['organization_id', ...key.filter((name) => name !== 'organization_id')];

function columnDdl(name: string, { definition }: Column<unknown, boolean>): string {
  const { sqlType, nullable, values, check } = definition;
  const conditions = [...(values ? [`${name} in (${values.map(quote).join(', ')})`] : []), ...(check ? [check.replaceAll('?', name)] : [])];
  return [
    name,
    sqlType,
    nullable ? '' : 'not null',
    definition.default ? `default ${definition.default}` : '',
    ...conditions.map((condition) => `check (${condition})`),
  ]
    .filter(Boolean)
    .join(' ');
}

function foreignKey(name: string, to: { table: string; onDelete: string } | undefined): string[] {
  if (!to) return [];
  return [`foreign key (organization_id, ${name}) references ${to.table} (organization_id, id) on delete ${to.onDelete}`];
}

function indexDdl(table: Table, name: string, index: Index): string {
  const columns = index.columns.map((column) => (column.startsWith('-') ? `${column.slice(1)} desc` : column));
  const where = index.where ? ` where ${index.where}` : '';
  return `create ${index.unique ? 'unique ' : ''}index ${name} on ${table.name} (${['organization_id', ...columns].join(', ')})${where};`;
}

function securityDdl({ name, servesWorker, appendOnly }: Table): string[] {
  // evaluated once a statement, not once a row
  const own = `organization_id = (select current_setting('${ORGANIZATION_SETTING}')::uuid)`;
  const granted = appendOnly ? 'select, insert' : 'select, insert, update, delete';
  return [
    `alter table ${name} enable row level security;`,
    `alter table ${name} force row level security;`,
    `create policy ${bare(name)}_organization on ${name} to ${APP_ROLE} using (${own}) with check (${own});`,
    `grant ${granted} on ${name} to ${APP_ROLE};`,
    ...(servesWorker
      ? [
          `create policy ${bare(name)}_worker on ${name} to ${WORKER_ROLE} using (true) with check (true);`,
          `grant ${granted} on ${name} to ${WORKER_ROLE};`,
        ]
      : []),
  ];
}

/** Triggers, so that no way of changing the rows is forgotten. All of an organization share its version: it is raised last, with the commit. */
export function rightsDdl({ name, decidesSeats }: Table): string[] {
  if (!decidesSeats) return [];
  const when = decidesSeats === true ? 'insert or update or delete' : `update of ${decidesSeats.join(', ')}`;
  const raising = 'deferrable initially deferred for each row execute function raise_rights_version()';
  return [`create constraint trigger ${bare(name)}_rights after ${when} on ${name} ${raising};`];
}

/** Grants do not hold the tables' owner. */
export const keepingDdl = ({ name, appendOnly }: Table): string[] =>
  appendOnly
    ? [
        `create trigger ${bare(name)}_stays before update or delete or truncate on ${name} for each statement execute function refuse_change();`,
      ]
    : [];
