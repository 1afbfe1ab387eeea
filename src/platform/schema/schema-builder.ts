import SchemaBuilder, { type FieldMap, type InputFieldMap, type SchemaTypes } from '@pothos/core';
import type { ColumnName, Table } from '../database/table.ts';
import type { DeclaredEntity } from '../entities/entity.ts';
import type { Role } from '../permissions/rule.ts';
import type { EntityRole } from '../read/entity-role.ts';
import type { RegistrationPoint } from '../write/service.ts';
import type { Methods } from './declaring.ts';
import type { EntityFieldBuilder } from './entity-field-builder.ts';
import type { EntityRef, WordsRef } from './entity-ref.ts';
import { type EntityInterfaceOptions, type EntityKindOptions, type EntityTypeOptions, entityMethods } from './entity-types.ts';
import { type LiveOptions, live } from './live-field.ts';
import type { PayloadFields } from './payload-field-builder.ts';
import { placeOf } from './place.ts';
import { type OutsideOptions, outsideMutation, payloadType, type UseCaseOptions, useCase } from './use-case-field.ts';

/** What the plugin adds to the builder. */
export interface GuichetBuilderMethods<Types extends SchemaTypes> {
  /**
   * An object type that a table stands behind: declared once, with its columns, relations, rules and who comes to its rows.
   * @throws DeclarationError where a name is taken, a field has no rule, or nobody could come to a row.
   *
   * @example
   * builder.entity(Loan, {
   *   description: 'A tool that is lent.',
   *   roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
   *   listedFor: [COLLEAGUE],
   *   fields: (t) => ({
   *     id: t.globalId({ description: 'Global id.', rule: lending.read }),
   *     tool: t.column('tool', { description: 'What is lent.', rule: lending.read }),
   *     contact: t.relation(types.Contact, 'contact_id', { description: 'Who has it.', rule: lending.read }),
   *   }),
   * });
   */
  entity<T extends Table, Name extends string>(ref: EntityRef<T, Name>, options: EntityTypeOptions<Types, T>): EntityRef<T, Name>;
  /** An interface whose kinds share a table. */
  entityInterface<T extends Table, Name extends string>(
    ref: EntityRef<T, Name>,
    options: EntityInterfaceOptions<Types, T>,
  ): EntityRef<T, Name>;
  /** One kind of an interface: a table of further columns, or the interface's own. */
  entityKind<T extends Table, Name extends string>(
    ref: EntityRef<T, Name>,
    of: EntityRef,
    options: EntityKindOptions<Types, T>,
  ): EntityRef<T, Name>;
  /** Fields for a type of another module. */
  entityFields<T extends Table>(ref: EntityRef<T>, fields: (t: EntityFieldBuilder<Types, T>) => FieldMap): void;
  /** A view of an entity's row as a group of fields (`viewerCan`). */
  entityPart<T extends Table, Name extends string>(
    ref: EntityRef<T, Name>,
    options: { readonly description: string; fields(t: EntityFieldBuilder<Types, T>): FieldMap },
  ): EntityRef<T, Name>;
  /** Further fields of a type's connection, which hang on the seat alone, such as `liveCursor`. */
  connectionFields<T extends Table>(ref: EntityRef<T>, fields: (t: EntityFieldBuilder<Types, T>) => FieldMap): void;
  /** A role toward the rows of a type of another module, or one more way to hold it. */
  contributeRole(ref: EntityRef, role: EntityRole): void;
  /** What modules have added to a list, where it makes a part of the schema, such as the values of an enum. */
  registered<Entry>(point: RegistrationPoint<Entry>): readonly Entry[];
  /** Declares an enum that other modules know by its ref. */
  words<Ref extends Pick<WordsRef, 'name' | 'description' | 'values'>>(ref: Ref, late?: () => Readonly<Record<string, string>>): Ref;
  /** Roles toward rows that belong to rows of another type, through a column that holds their ids: a line's readers are its order's. */
  rolesThrough<T extends Table>(ref: EntityRef, of: T | DeclaredEntity<T>, column: ColumnName<T>, only?: readonly Role[]): EntityRole[];
  /**
   * A mutation, with its input, its result union and its refusals; `guard` and `run` are one transaction (spec 6.4).
   *
   * @example
   * builder.useCase('lendTool', {
   *   description: 'Lends a tool.',
   *   rule: lending.lend,
   *   doesOnce: true,
   *   input: (t) => ({ toolId: t.globalId(Tool, { description: 'The tool.' }) }),
   *   guard: (use, { toolId }) => use.authorize('Tool', toolId, lending.lend),
   *   run: async (use, given) => ({ loan: await lendTool(use, given) }),
   *   success: (t) => ({ loan: t.loaded(Loan, 'loan', { description: 'The loan.', rule: lending.read }) }),
   * });
   */
  useCase<Fields extends InputFieldMap = Record<never, never>, Found = void, Done = unknown>(
    name: string,
    options: UseCaseOptions<Types, Fields, Found, Done>,
  ): void;
  /** A mutation that no organization's transaction is begun for, such as signing in. */
  outsideMutation<Fields extends InputFieldMap = Record<never, never>, Done = unknown>(
    name: string,
    options: OutsideOptions<Types, Fields, Done>,
  ): void;
  /** A type inside payloads: fields over what was done, and objects that are read by their ids, as in `success` of a mutation. */
  payloadType<Done>(
    name: string,
    options: { readonly description: string; readonly fields: PayloadFields<Types, Done> },
  ): PothosSchemaTypes.ObjectRef<Types, Done>;
  /** A subscription whose events are numbered, so that it can be resumed; events reach it through `use.emit`. */
  live<Args extends InputFieldMap = Record<never, never>, Payload = unknown>(
    name: string,
    options: LiveOptions<Types, Args, Payload>,
  ): void;
}

declare global {
  export namespace PothosSchemaTypes {
    export interface UserSchemaTypes {
      /** What `guard` and `run` of a use case get. */
      UseCase: unknown;
    }
    export interface ExtendDefaultTypes<PartialTypes extends Partial<UserSchemaTypes>> {
      UseCase: PartialTypes['UseCase'];
    }
    export interface SchemaBuilder<Types extends SchemaTypes> extends GuichetBuilderMethods<Types> {}
  }
}

const methods: Methods = {
  ...entityMethods,
  registered(point: RegistrationPoint<unknown>) {
    return placeOf(this).all.registered(point);
  },
  words(ref: WordsRef, late?: () => Readonly<Record<string, string>>) {
    const { name, description } = ref;
    const valuesOf = (words: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(words).map(([word, said]) => [word, { description: said }]));
    const extensions = late && { late: () => valuesOf(late()) };
    this.enumType!(name, { description, values: valuesOf(ref.values), extensions });
    this.configStore.associateParamWithRef(ref, name);
    return ref;
  },
  useCase,
  outsideMutation,
  payloadType,
  live,
};

Object.assign(SchemaBuilder.prototype, methods);
