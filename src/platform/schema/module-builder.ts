import { InputFieldBuilder, type InputFieldMap, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { rememberFields } from '../input/input-fields.ts';
import type { Builder } from './builder.types.ts';
import type { Declarations } from './declarations.ts';
import { extensionsOf } from './shown-fields.ts';

type Fields = ((t: unknown) => Record<string, unknown>) | undefined;
type Stampable = { updateConfig(change: (config: PothosOutputFieldConfig<SchemaTypes>) => unknown): void };
type Loose = Record<string, (...given: unknown[]) => unknown>;

/**
 * The builder as one module has it: the same one, but what is declared through it is the module's. Pothos does not know who declares; here a
 * name has one owner, and an error names both.
 */
export function builderOf(base: Builder, all: Declarations, module: string, isPlugin: boolean): Builder {
  const scoped = Object.create(base) as Loose & { guichetModule: object };
  const inner = base as unknown as Loose;
  scoped.guichetModule = { name: module, isPlugin };
  const nameOf = (param: unknown, options?: unknown): string =>
    typeof param === 'string' ? param : ((options as { name?: string })?.name ?? (param as { name: string }).name);
  const marked = (type: string, fields: Fields): Fields =>
    fields &&
    ((t) => {
      const made = fields(t);
      for (const [name, ref] of Object.entries(made)) {
        const what = `the field ${type}.${name}`;
        all.claim(what, module);
        (ref as Stampable).updateConfig((config) => {
          const { structural } = extensionsOf(config as never);
          if (!structural) all.cite(what, config.pothosOptions.rule, module);
          return { ...config, extensions: { module, ...config.extensions } };
        });
      }
      return made;
    });
  const withFields = (options: unknown, type: string): object => ({
    ...(options as object),
    extensions: { guichet: { module }, ...(options as { extensions?: object }).extensions },
    ...((options as { fields?: Fields }).fields ? { fields: marked(type, (options as { fields: Fields }).fields) } : {}),
  });

  for (const method of ['objectType', 'interfaceType'])
    scoped[method] = (param, options, fields) => {
      const name = nameOf(param, options);
      all.claimType(name, module);
      return inner[method]!.call(scoped, param, withFields(options, name), marked(name, fields as Fields));
    };
  for (const method of ['objectFields', 'interfaceFields'])
    scoped[method] = (param, fields) => inner[method]!.call(scoped, param, marked(nameOf(param), fields as Fields));
  for (const method of ['objectField', 'interfaceField'])
    scoped[method] = (param, name, field) =>
      inner[method.replace('Field', 'Fields')]!.call(
        scoped,
        param,
        marked(nameOf(param), (t) => ({ [name as string]: (field as (t: unknown) => unknown)(t) })),
      );
  for (const root of ['query', 'mutation', 'subscription']) {
    const type = root[0]!.toUpperCase() + root.slice(1);
    scoped[`${root}Fields`] = (fields) => inner[`${root}Fields`]!.call(scoped, marked(type, fields as Fields));
    scoped[`${root}Field`] = (name, field) =>
      inner[`${root}Fields`]!.call(
        scoped,
        marked(type, (t) => ({ [name as string]: (field as (t: unknown) => unknown)(t) })),
      );
  }
  scoped.inputType = (param, options) => {
    all.claimType(nameOf(param, options), module);
    const fields = (options as { fields(t: object): InputFieldMap }).fields(new InputFieldBuilder(scoped as never, 'InputObject'));
    const ref = inner.inputType!.call(scoped, param, { ...(options as object), fields: () => fields }) as object;
    rememberFields(ref, fields);
    return ref;
  };
  for (const method of ['enumType', 'unionType', 'scalarType'])
    scoped[method] = (param, options) => {
      all.claimType(nameOf(param, options), module);
      return inner[method]!.call(scoped, param, options);
    };
  return scoped as unknown as Builder;
}
