import type { Entity, Filter } from '../read/entity.ts';
import type { Builder } from '../schema/builder.types.ts';
import { COMPARISONS, type ComparisonFields, SEARCHED } from './comparisons.ts';

/** Types here follow what modules declare when they are loaded: Pothos' own types cannot know them. */
type Ref = object | string;
interface ArgMaker {
  arg(options: object): never;
}
interface FieldMaker {
  field(options: object): never;
}
type InputFields = (t: FieldMaker) => Record<string, never>;

const MOST_OF_A_NAME = 60;
const VALUE = (valued: readonly string[]): string => `For ${valued.join(' and ')} alone: name of the field whose values decide.`;

/** The arguments of pages and the input types that they need: made on first use, for all surfaces; a filter is there where its rule is. */
export class PageInputs {
  readonly #builder: Builder;
  readonly #made = new Map<string, Ref>();
  constructor(builder: Builder) {
    this.#builder = builder;
  }

  /** @param t of the field that pages @param narrows whether its pages can be narrowed by `where` and `search` */
  pageArguments(t: object, entity: Entity, narrows: boolean): Record<string, object> {
    const arg = (type: Ref | readonly [Ref], description: string, more: object = {}): object =>
      (t as ArgMaker).arg({ type, required: false, description, ...more });
    const pages = {
      first: arg('Int', 'How many from the start: 1 to 100, 20 where neither this nor `last` is given.'),
      after: arg('Cursor', 'Go on after this place.'),
      last: arg('Int', 'How many from the end: 1 to 100.'),
      before: arg('Cursor', 'End before this place.'),
      orderBy: arg([this.#order(entity)], 'One order; objects that are equal in it are ordered by their age.'),
    };
    if (!narrows) return pages;
    const rules = Object.values(entity.filters).map(({ rule }) => rule);
    return {
      ...pages,
      ...(rules.length ? { where: arg(this.#filter(entity), 'Only objects that this admits.', { extensions: { shownFor: rules } }) } : {}),
      ...(entity.search
        ? { search: arg('String', 'Only objects in which these characters occur.', { extensions: { most: SEARCHED } }) }
        : {}),
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
      const valued = Object.keys(sortKeys).filter((key) => sortKeys[key]!.values);
      const value = { type: 'String', required: false, description: VALUE(valued), extensions: { most: MOST_OF_A_NAME } };
      return this.#input(`${name}Order`, {
        description: `An order of ${name} objects.`,
        fields: (t) => ({
          field: t.field({ type: by, required: true, description: 'What decides.' }),
          direction: t.field({ type: direction, required: true, description: 'Which end comes first.' }),
          ...(valued.length ? { value: t.field(value) } : ({} as Record<string, never>)),
        }),
      });
    });
  }

  #filter({ name, filters }: Entity): Ref {
    return this.#once(`${name}Filter`, () => {
      const ref = `${name}Filter`;
      return this.#input(ref, {
        description: `Which ${name} objects: all conditions must hold. At most 3 levels, 20 comparisons and 50 parts.`,
        fields: (t) => ({
          ...Object.fromEntries(
            Object.entries(filters).map(([field, filter]) => [
              field,
              t.field({
                type: filter.compares === 'values' ? [filter.input] : this.#comparison(filter),
                required: false,
                description: filter.description,
                extensions: { shownFor: [filter.rule] },
              }),
            ]),
          ),
          and: t.field({ type: [ref], required: false, description: 'All of these hold, at most 250.' }),
          or: t.field({ type: [ref], required: false, description: 'At least one of these holds, of at most 250.' }),
          not: t.field({
            type: ref,
            required: false,
            description: 'This does not hold: all other objects, but for those of which your seat may not read what is compared.',
          }),
        }),
      });
    });
  }

  #comparison(filter: Exclude<Filter, { compares: 'values' }>): Ref {
    if (filter.compares === 'enum') {
      const values = filter.values;
      return this.#comparisonType(`${values}Comparison`, `Compares a ${values}.`, {
        equals: [values, 'Is this.'],
        in: [`[${values}]`, 'Is one of these, at most 250.'],
      });
    }
    const { name, description, fields } = COMPARISONS[filter.compares === 'moment' ? 'instant' : filter.compares]!;
    return this.#comparisonType(name, description, fields);
  }
  #comparisonType(name: string, description: string, fields: ComparisonFields): Ref {
    return this.#once(name, () =>
      this.#input(name, {
        description,
        fields: (t) =>
          Object.fromEntries(
            Object.entries(fields).map(([field, [type, of, most]]) => [
              field,
              t.field({ type: type.startsWith('[') ? [type.slice(1, -1)] : type, required: false, description: of, extensions: { most } }),
            ]),
          ),
      }),
    );
  }
  #input(name: string, options: { readonly description: string; readonly fields: InputFields }): Ref {
    return this.#builder.inputType(name, options as never);
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
