import type { FieldMap, SchemaTypes } from '@pothos/core';
import type { ColumnName, Table } from '../database/table.ts';
import type { Role } from '../permissions/rule.ts';
import type { Kind } from '../read/entity.ts';
import type { EntityRole } from '../read/entity-role.ts';
import { inheritedRoles } from '../read/inherited-way.ts';
import { DeclarationError } from './claims.ts';
import { contributeRole } from './contributed-role.ts';
import type { Loose, Methods } from './declaring.ts';
import { declareEntity, type EntityOptions } from './entity-declaration.ts';
import { EntityFieldBuilder } from './entity-field-builder.ts';
import type { EntityRef } from './entity-ref.ts';
import { placeOf } from './place.ts';

export interface EntityTypeOptions<Types extends SchemaTypes, T extends Table>
  extends Omit<EntityOptions<T>, 'table' | 'fields' | 'interfaces'> {
  /** Beside Node, which every entity is. */
  readonly interfaces?: readonly (keyof Types['Interfaces'] & string)[];
  fields(t: EntityFieldBuilder<Types, T>): FieldMap;
}
export interface EntityInterfaceOptions<Types extends SchemaTypes, T extends Table> extends EntityTypeOptions<Types, T> {
  readonly kindColumn: ColumnName<T>;
  readonly otherwise: string;
}
export interface EntityKindOptions<Types extends SchemaTypes, T extends Table> {
  readonly value: string;
  readonly description: string;
  readonly joinedBy?: ColumnName<T>;
  fields?(t: EntityFieldBuilder<Types, T>): FieldMap;
}

type AnyEntity = EntityTypeOptions<SchemaTypes, Table> & Partial<EntityInterfaceOptions<SchemaTypes, Table>>;
const interfacesOf = (of: readonly string[] = []): string[] => [...new Set(['Node', ...of])];

function declare(builder: Loose, ref: EntityRef, options: AnyEntity, isInterface: boolean): void {
  const { name, table } = ref;
  const { module, all } = placeOf(builder);
  builder.configStore.associateParamWithRef(ref, name);
  const { description, kindColumn: column, otherwise } = options;
  const kinds = column === undefined ? undefined : { column, otherwise: otherwise!, byType: new Map<string, Kind>() };
  const entity = declareEntity(all, module, name, { ...options, table } as never, kinds);
  const interfaces = interfacesOf(options.interfaces);
  all.types.set(name, { module, isInterface, interfaces, entity });
  const fields = () => options.fields(new EntityFieldBuilder(builder as never, table, false));
  const type = { description, interfaces, fields, extensions: { guichet: { entity, module } } };
  if (isInterface) builder.interfaceType!(name, type);
  else builder.objectType!(name, type);
}

/** Types that tables stand behind. */
export const entityMethods: Methods = {
  entity(ref: EntityRef, options: AnyEntity) {
    declare(this, ref, options, false);
    return ref;
  },
  entityInterface(ref: EntityRef, options: AnyEntity) {
    declare(this, ref, options, true);
    return ref;
  },
  entityKind(ref: EntityRef, of: EntityRef, options: EntityKindOptions<SchemaTypes, Table>) {
    const { name, table } = ref;
    const { module, all } = placeOf(this);
    this.configStore.associateParamWithRef(ref, name);
    const { description, value, joinedBy } = options;
    const entity = all.entity(of.name);
    if (!entity.kinds)
      throw new DeclarationError(`${module} declares ${name} as a kind of ${of}, which has no kinds`, 'declare it as an entity');
    all.claim(`the kind ${value} of ${of}`, module);
    const own = table.name === entity.table.name ? undefined : table;
    const kind: Kind = { type: name, value, table: own, joinedBy, module };
    entity.kinds.byType.set(name, kind);
    const interfaces = [of.name, ...all.types.get(of.name)!.interfaces];
    all.types.set(name, { module, isInterface: false, interfaces, entity, kind });
    const fields = () => options.fields?.(new EntityFieldBuilder(this as never, table, own !== undefined)) ?? {};
    this.objectType!(name, { description, interfaces, fields, extensions: { guichet: { entity, kind, module } } });
  },
  entityFields({ name, table }: EntityRef, fields: (t: object) => FieldMap) {
    const { module, all } = placeOf(this);
    const type = all.types.get(name);
    if (!type)
      throw new DeclarationError(
        `${module} gives fields to ${name}, which no module that it needs has declared`,
        'declare the type, or name the module that does in `needs`',
      );
    this[type.isInterface ? 'interfaceFields' : 'objectFields']!(name, () => fields(new EntityFieldBuilder(this as never, table, false)));
  },
  connectionFields({ name, table }: EntityRef, fields: (t: object) => FieldMap) {
    const { parts } = placeOf(this);
    this.objectFields!(parts.connections.of(name), () => fields(new EntityFieldBuilder(this as never, table, false)));
  },
  entityPart(ref: EntityRef, { description, fields }: { description: string; fields(t: object): FieldMap }) {
    const { module } = placeOf(this);
    this.configStore.associateParamWithRef(ref, ref.name);
    const extensions = { guichet: { module } };
    this.objectType!(ref.name, { description, extensions, fields: () => fields(new EntityFieldBuilder(this as never, ref.table, false)) });
    return ref;
  },
  rolesThrough(ref: EntityRef, _of: unknown, column: string, only?: readonly Role[]) {
    return inheritedRoles(placeOf(this).all.entity(ref.name), column, only);
  },
  contributeRole({ name }: EntityRef, role: EntityRole) {
    const { module, all } = placeOf(this);
    contributeRole(all, module, name, role);
  },
};
