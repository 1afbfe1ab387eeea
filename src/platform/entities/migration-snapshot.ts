import { Type, t as types, UnknownType } from '@mikro-orm/core';
import { DatabaseSchema, DatabaseTable } from '@mikro-orm/sql';
import type { Kept } from './migration-entities.ts';

type Platform = ConstructorParameters<typeof DatabaseSchema>[0];
export interface Snapshot {
  readonly kept: Readonly<Record<string, Kept>>;
  readonly schema: DatabaseSchema;
}

/** What a module's tables were after its last migration: MikroORM's schema, and what that one does not hold. */
export const snapshotText = ({ kept, schema }: Snapshot): string =>
  `${JSON.stringify({ kept, ...(schema.toJSON() as object) }, null, 1)}\n`;

interface Stored {
  readonly kept: Readonly<Record<string, Kept>>;
  readonly namespaces: readonly string[];
  readonly tables: readonly StoredTable[];
}
interface StoredTable extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly schema?: string;
  readonly policies?: readonly { readonly roles?: readonly string[] }[];
  readonly columns: Readonly<Record<string, { readonly mappedType: string }>>;
}

export const noSnapshot = (platform: Platform): Snapshot => ({ kept: {}, schema: new DatabaseSchema(platform, 'public') });

/** As MikroORM's `Migrator` reads its own (it offers no way to be asked). */
export function readSnapshot(text: string, platform: Platform): Snapshot {
  const { kept, tables, namespaces } = JSON.parse(text) as Stored;
  const schema = new DatabaseSchema(platform, 'public');
  schema.setTables(tables.map((stored) => tableOf(stored, platform)));
  schema.setNamespaces(new Set(namespaces));
  return { kept, schema };
}

function tableOf(stored: StoredTable, platform: Platform): DatabaseTable {
  const table = new DatabaseTable(platform, stored.name, stored.schema);
  table.setIndexes((stored.indexes ?? []) as never);
  table.setChecks((stored.checks ?? []) as never);
  table.setForeignKeys((stored.foreignKeys ?? {}) as never);
  table.setTriggers((stored.triggers ?? []) as never);
  table.setPolicies((stored.policies ?? []).map((policy) => ({ ...policy, roles: policy.roles ?? [] })) as never);
  table.rlsEnabled = stored.rlsEnabled === true;
  table.rlsForced = stored.rlsForced === true;
  for (const column of Object.values(stored.columns)) {
    const mapped = (types as Readonly<Record<string, unknown>>)[column.mappedType] ?? UnknownType;
    table.addColumn({ ...column, mappedType: Type.getType(mapped as never) } as never);
  }
  return table;
}
