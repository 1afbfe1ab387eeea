import { type Configuration, type EntityMetadata, type EntityName, isRaw, type QueryResult } from '@mikro-orm/core';
import { AbstractSqlDriver, PostgreSqlPlatform } from '@mikro-orm/postgresql';
import { prepared } from '../database/sending.ts';
import { change, insertion, RAISED } from '../database/write.ts';
import type { DeclaredEntity } from './entity.ts';
import { columnsIn, type Given, isPlainChange, isPlainRow, type Shape, shapeOf } from './entity-shape.ts';
import { plainQuestion } from './plain-question.ts';
import { UseConnection } from './use-connection.ts';
import { UseEntityManager } from './use-entity-manager.ts';
import { workOf } from './work.ts';

interface NativeOptions {
  readonly ctx?: unknown;
  readonly upsert?: boolean;
}

/** Gives the unit of work's writes to the transaction, which gathers them and lets them leave with the commit. */
export class UseDriver extends AbstractSqlDriver {
  readonly #shapes = new Map<unknown, Shape>();
  constructor(config: Configuration) {
    super(config, new PostgreSqlPlatform(), UseConnection as never, ['kysely', 'pg']);
  }
  override createEntityManager(useContext?: boolean): never {
    return new UseEntityManager(this.config, this as never, this.metadata, useContext) as never;
  }
  /** The transaction has to know PostgreSQL's own errors: it tries again after a deadlock. */
  override convertException(error: Error): never {
    return error as never;
  }

  /** Most questions of use cases are plain; MikroORM's builder takes several times as long to write one as the database to answer it. */
  override async find<T extends object>(entity: EntityName<T>, where: unknown, options: object = {}): Promise<never[]> {
    const work = workOf((options as NativeOptions).ctx);
    const shape = this.#shapeOf(entity as never);
    const question = plainQuestion(shape, where as Given, options);
    if (!question) return super.find(entity, where as never, options as never) as unknown as Promise<never[]>;
    const { rows } = await work.sending.ask<Given>(prepared(question.text, question.values));
    return rows.map((row) => this.mapResult(row as never, shape.meta as never)) as never[];
  }

  override async nativeInsertMany<T extends object>(
    entity: EntityName<T>,
    data: Given[],
    options: NativeOptions = {},
    transform?: (sql: string) => string,
  ): Promise<QueryResult<T>> {
    const work = workOf(options.ctx);
    const shape = this.#shapeOf(entity as never);
    const isPlain = work.flushing && !transform && data.every((row) => isPlainRow(row) && shape.computed.every((name) => name in row));
    if (!isPlain)
      return super.nativeInsertMany(
        entity,
        data.map((row) => ({ organizationId: work.organization, ...row })) as never,
        options as never,
        transform,
      );
    const groups = new Map<string, Record<string, unknown>[]>();
    for (const given of data) {
      const row = columnsIn(shape, given);
      const names = Object.keys(row).join();
      groups.set(names, [...(groups.get(names) ?? []), row]);
    }
    for (const rows of groups.values()) work.sending.write(insertion(shape.table, work.organization, rows));
    const rows = data.map((given) =>
      Object.fromEntries(shape.defaults.filter(({ property }) => !(property in given)).map(({ column, value }) => [column, value])),
    );
    return { affectedRows: data.length, insertId: 0, row: rows[0], rows } as never;
  }

  override async nativeUpdate<T extends object>(
    entity: EntityName<T>,
    where: unknown,
    data: Given,
    options: NativeOptions = {},
  ): Promise<QueryResult<T>> {
    const work = workOf(options.ctx);
    const shape = this.#shapeOf(entity as never);
    const given = typeof where === 'object' ? (where as Given) : { [shape.key[0]!]: where };
    const names = Object.keys(given).filter((name) => name !== shape.version);
    const isPlain =
      work.flushing &&
      !options.upsert &&
      isPlainChange(shape, data) &&
      names.length === shape.key.length &&
      names.every((name) => shape.key.includes(name));
    if (!isPlain) {
      if (options.upsert)
        return super.nativeUpdate(entity, where as never, { organizationId: work.organization, ...data } as never, options as never);
      return super.nativeUpdate(entity, { organizationId: work.organization, ...given } as never, data as never, options as never);
    }
    const column = (name: string): string => shape.columns.get(name)!;
    const key = Object.fromEntries(shape.key.map((name) => [column(name), given[name]]));
    const changes = columnsIn(shape, data);
    for (const name in changes) if (isRaw(changes[name])) changes[name] = RAISED;
    const { version } = shape;
    const raised = version !== undefined && !(version in data);
    if (raised) changes[column(version)] = RAISED;
    const expected = version !== undefined && version in given ? { [column(version)]: given[version] } : undefined;
    work.sending.write(change(shape.table, work.organization, key, changes, expected));
    return { affectedRows: 1, insertId: 0, row: raised && expected ? { [column(version)]: Number(given[version]) + 1 } : {} } as never;
  }
  override nativeDelete<T extends object>(entity: EntityName<T>, where: unknown, options: NativeOptions = {}): Promise<QueryResult<T>> {
    const { organization } = workOf(options.ctx);
    const shape = this.#shapeOf(entity as never);
    const given = typeof where === 'object' ? (where as Given) : { [shape.key[0]!]: where };
    return super.nativeDelete(entity, { organizationId: organization, ...given } as never, options as never);
  }

  #shapeOf(entity: EntityName<never>): Shape {
    const meta = this.metadata.get(entity) as unknown as EntityMetadata;
    let shape = this.#shapes.get(meta);
    if (!shape) {
      const name = meta.schema ? `${meta.schema}.${meta.tableName}` : meta.tableName;
      const declared = (this.config.get('entities') as unknown as readonly DeclaredEntity[]).find(({ table }) => table.name === name)!;
      shape = shapeOf(meta, declared.table);
      this.#shapes.set(meta, shape);
    }
    return shape;
  }
}
