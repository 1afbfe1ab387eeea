import type { Entity, Filter } from '../read/entity.ts';
import type { ArgConfig, FieldMaker, LooseBuilder, Ref } from './pothos.ts';
import { isShown, type Surface } from './surface.ts';

export type InputSpec = Record<string, readonly [type: string, description: string]>;

export const COMPARISONS: Record<string, { readonly name: string; readonly description: string; readonly fields: InputSpec }> = {
  text: {
    name: 'TextComparison',
    description: 'Compares a text, letter by letter.',
    fields: {
      equals: ['String', 'Is this.'],
      in: ['[String]', 'Is one of these, at most 250.'],
      startsWith: ['String', 'Begins with this.'],
      isNull: ['Boolean', 'Has no value.'],
    },
  },
  instant: {
    name: 'DateTimeComparison',
    description: 'Compares a moment.',
    fields: { before: ['DateTime', 'Is earlier.'], after: ['DateTime', 'Is later.'], isNull: ['Boolean', 'Has no value.'] },
  },
  date: {
    name: 'DateComparison',
    description: 'Compares a day.',
    fields: {
      equals: ['Date', 'Is this.'],
      before: ['Date', 'Is earlier.'],
      after: ['Date', 'Is later.'],
      isNull: ['Boolean', 'Has no value.'],
    },
  },
  boolean: {
    name: 'BooleanComparison',
    description: 'Compares a yes or no.',
    fields: { equals: ['Boolean', 'Is this.'], isNull: ['Boolean', 'Has no value.'] },
  },
  number: {
    name: 'NumberComparison',
    description: 'Compares a whole number.',
    fields: {
      equals: ['Int53', 'Is this.'],
      in: ['[Int53]', 'Is one of these, at most 250.'],
      lessThan: ['Int53', 'Is less.'],
      greaterThan: ['Int53', 'Is more.'],
    },
  },
  id: {
    name: 'IdComparison',
    description: 'Compares an object by its id.',
    fields: { equals: ['ID', 'Is this object.'], in: ['[ID]', 'Is one of these, at most 250.'], isNull: ['Boolean', 'There is none.'] },
  },
  links: {
    name: 'IdsComparison',
    description: 'Compares several linked objects by their ids.',
    fields: {
      any: ['[ID]', 'Has at least one of these, at most 250.'],
      all: ['[ID]', 'Has each of these.'],
      none: ['[ID]', 'Has none of these.'],
    },
  },
};

/** The arguments of lists, and the input types that they need: made on first use. */
export class FilterTypes {
  readonly #builder: LooseBuilder;
  readonly #ref: (name: string) => Ref;
  readonly #surface: Surface;
  readonly #made = new Map<string, Ref>();
  constructor(builder: LooseBuilder, ref: (name: string) => Ref, surface: Surface) {
    this.#builder = builder;
    this.#ref = ref;
    this.#surface = surface;
  }

  pageArguments(t: FieldMaker, entity: Entity): Record<string, object> {
    const arg = (type: ArgConfig['type'], description: string): object => t.arg({ type, required: false, description });
    return {
      first: arg('Int', 'How many from the start: 1 to 100, 20 where neither this nor `last` is given.'),
      after: arg(this.#ref('Cursor'), 'Go on after this place.'),
      last: arg('Int', 'How many from the end: 1 to 100.'),
      before: arg(this.#ref('Cursor'), 'End before this place.'),
      orderBy: arg([this.#order(entity)], 'One order; objects that are equal in it are ordered by their age.'),
      ...(this.#filters(entity).length ? { where: arg(this.#filter(entity), 'Only objects that this admits.') } : {}),
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

  /** Those that somebody on the surface may read. */
  #filters({ filters }: Entity): [string, Filter][] {
    return Object.entries(filters).filter(([, { rule }]) => isShown(this.#surface, rule));
  }
  #filter(entity: Entity): Ref {
    const { name } = entity;
    return this.#once(`${name}Filter`, () => {
      const ref = this.#builder.inputRef(`${name}Filter`);
      this.#made.set(`${name}Filter`, ref);
      return ref.implement({
        description: `Which ${name} objects: all conditions must hold. At most 3 levels, 20 comparisons and 50 parts.`,
        fields: (t) => ({
          ...Object.fromEntries(
            this.#filters(entity).map(([field, filter]) => [
              field,
              t.field({ type: this.#comparison(filter), required: false, description: filter.description }),
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
              t.field({ type: this.#typed(type), required: false, description: of }),
            ]),
          ),
      }),
    );
  }
  #typed(type: string): Ref | readonly [Ref] {
    return type.startsWith('[') ? [this.#ref(type.slice(1, -1))] : this.#ref(type);
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
