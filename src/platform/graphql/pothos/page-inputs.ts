import type { Entity, Filter } from '../read/entity.ts';
import { COMPARISONS, type InputSpec } from '../schema/filter-types.ts';
import type { ArgConfig, FieldMaker, LooseBuilder, Ref } from '../schema/pothos.ts';

type Shown = ArgConfig & { readonly extensions?: object };

/** The arguments of pages and the input types that they need: made on first use, for all surfaces; a filter is there where its rule is. */
export class PageInputs {
  readonly #builder: LooseBuilder;
  readonly #made = new Map<string, Ref>();
  constructor(builder: LooseBuilder) {
    this.#builder = builder;
  }

  pageArguments(t: FieldMaker, entity: Entity): Record<string, object> {
    const arg = (type: ArgConfig['type'], description: string, more: object = {}): object =>
      t.arg({ type, required: false, description, ...more });
    const rules = Object.values(entity.filters).map(({ rule }) => rule);
    return {
      first: arg('Int', 'How many from the start: 1 to 100, 20 where neither this nor `last` is given.'),
      after: arg('Cursor', 'Go on after this place.'),
      last: arg('Int', 'How many from the end: 1 to 100.'),
      before: arg('Cursor', 'End before this place.'),
      orderBy: arg([this.#order(entity)], 'One order; objects that are equal in it are ordered by their age.'),
      ...(rules.length ? { where: arg(this.#filter(entity), 'Only objects that this admits.', { extensions: { shownFor: rules } }) } : {}),
      ...(entity.search ? { search: arg('String', 'Only objects in which these characters occur.') } : {}),
    };
  }

  #order({ name, sortKeys }: Entity): Ref {
    return this.#once(`${name}Order`, () => {
      const direction = this.#once('OrderDirection', () =>
        this.#builder.enumType('OrderDirection', {
          description: 'Up or down.',
          values: { ASC: { description: 'Smallest or oldest first.' }, DESC: { description: 'Largest or newest first.' } },
        }),
      );
      const values = Object.fromEntries(Object.entries(sortKeys).map(([key, { description }]) => [key, { description }]));
      const by = this.#builder.enumType(`${name}OrderField`, { description: `What pages of ${name} can be ordered by.`, values });
      return this.#builder.inputRef(`${name}Order`).implement({
        description: `An order of ${name} objects.`,
        fields: (t) => ({
          field: t.field({ type: by, required: true, description: 'What decides.' }),
          direction: t.field({ type: direction, required: true, description: 'Which end comes first.' }),
        }),
      });
    });
  }

  #filter({ name, filters }: Entity): Ref {
    return this.#once(`${name}Filter`, () => {
      const ref = this.#builder.inputRef(`${name}Filter`);
      this.#made.set(`${name}Filter`, ref);
      return ref.implement({
        description: `Which ${name} objects: all conditions must hold. At most 3 levels, 20 comparisons and 50 parts.`,
        fields: (t) => ({
          ...Object.fromEntries(
            Object.entries(filters).map(([field, filter]) => [
              field,
              t.field({
                type: this.#comparison(filter),
                required: false,
                description: filter.description,
                extensions: { shownFor: [filter.rule] },
              } as Shown),
            ]),
          ),
          and: t.field({ type: [ref], required: false, description: 'All of these hold.' }),
          or: t.field({ type: [ref], required: false, description: 'At least one of these holds.' }),
          not: t.field({
            type: ref,
            required: false,
            description: 'This does not hold: all other objects, but for those of which your seat may not read what is compared.',
          }),
        }),
      });
    });
  }

  #comparison(filter: Filter): Ref {
    if (filter.compares === 'enum') {
      const values = filter.values;
      return this.#comparisonType(`${values}Comparison`, `Compares a ${values}.`, {
        equals: [values, 'Is this.'],
        in: [`[${values}]`, 'Is one of these.'],
      });
    }
    const { name, description, fields } = COMPARISONS[filter.compares === 'moment' ? 'instant' : filter.compares]!;
    return this.#comparisonType(name, description, fields);
  }
  #comparisonType(name: string, description: string, fields: InputSpec): Ref {
    return this.#once(name, () =>
      this.#builder.inputRef(name).implement({
        description,
        fields: (t) =>
          Object.fromEntries(
            Object.entries(fields).map(([field, [type, of]]) => [
              field,
              t.field({ type: type.startsWith('[') ? [type.slice(1, -1)] : type, required: false, description: of }),
            ]),
          ),
      }),
    );
  }
  #once(name: string, make: () => Ref): Ref {
    let ref = this.#made.get(name);
    if (!ref) {
      ref = make();
      this.#made.set(name, ref);
    }
    return ref;
  }
}
