import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  isEnumType,
  isNonNullType,
  print,
} from 'graphql';
import type { KnownValues, ListOrder } from './naive/values.ts';
import type { Random } from './random.ts';

type Draw = () => unknown;
interface Variable {
  readonly type: string;
  readonly isRequired: boolean;
  readonly draw: Draw;
}
/** The arguments of a field as they stand in the document, and how long its page can be. */
export interface WrittenArguments {
  readonly text: string;
  readonly size: number;
}
const DEFAULT_SIZE = 20;
const SMALL = 8;
/** A variable size is planned as the next of the sizes that the server plans for. */
const PLANNED_SMALL = 20;
const FORM_KINDS = ['ORDER', 'GENERAL', 'GONE_REPAIR'];

/** Draws arguments for fields, as literals or as variables. */
export class RandomArguments {
  readonly #random: Random;
  readonly #values: KnownValues;
  readonly #variables = new Map<string, Variable>();
  constructor(random: Random, values: KnownValues) {
    this.#random = random;
    this.#values = values;
  }

  /** `($v1: Int, …)` for the variables that a text names, or nothing. */
  definitions(text: string): string {
    const used = new Set(Array.from(text.matchAll(/\$(v\d+)/g), ([, name]) => name!));
    const all = [...this.#variables].filter(([name]) => used.has(name)).map(([name, { type }]) => `$${name}: ${type}`);
    return all.length ? `(${all.join(', ')})` : '';
  }
  /** New values for the variables; those that may be left out sometimes are. */
  draw(): Record<string, unknown> {
    const drawn = [...this.#variables].flatMap(([name, { isRequired, draw }]): [string, unknown][] => {
      if (!isRequired && this.#random.chance(0.15)) return [];
      return [[name, !isRequired && this.#random.chance(0.1) ? null : draw()]];
    });
    return Object.fromEntries(drawn);
  }
  condition(): string {
    const word = this.#random.pick(['include', 'skip']);
    const value = this.#random.chance(0.8)
      ? this.#variable('Boolean!', true, () => this.#random.chance(0.5))
      : String(this.#random.chance(0.5));
    return `@${word}(if: ${value})`;
  }

  /** @param owner type of whose field it is. @param most longest page that may be asked for */
  of(owner: string, field: GraphQLField<unknown, unknown>, most: number): WrittenArguments | undefined {
    const isPage = field.args.some(({ name }) => name === 'first');
    const paging = isPage ? this.#paging(owner, field, most) : { parts: [], size: 1, isOrdered: false };
    if (!paging) return undefined;
    const others = field.args.filter(({ name, type }) => {
      if (['first', 'last', 'after', 'before'].includes(name) || (name === 'orderBy' && paging.isOrdered)) return false;
      return isNonNullType(type) || this.#random.chance(['search', 'kinds'].includes(name) ? 0.15 : 0.3);
    });
    const parts = [...paging.parts, ...others.map((argument) => this.#argument(field, argument))];
    return { text: parts.length ? `(${parts.join(', ')})` : '', size: field.name === 'nodes' ? 10 : paging.size };
  }

  #paging(
    owner: string,
    field: GraphQLField<unknown, unknown>,
    most: number,
  ): { parts: string[]; size: number; isOrdered: boolean } | undefined {
    const random = this.#random;
    const backward = random.chance(0.3);
    const isBounded = random.chance(0.2);
    const size = (): number => random.whole(1, Math.min(SMALL, most));
    const fixed = size();
    if (most < PLANNED_SMALL || random.chance(0.5)) {
      const parts = [`${backward ? 'last' : 'first'}: ${fixed}`];
      return { ...this.#bounded(owner, field, isBounded, backward, parts), size: fixed };
    }
    if (!backward && random.chance(0.3)) return { ...this.#bounded(owner, field, isBounded, false, []), size: DEFAULT_SIZE };
    const required = backward || isBounded;
    const parts = [`${backward ? 'last' : 'first'}: ${this.#variable(required ? 'Int!' : 'Int', required, size)}`];
    return { ...this.#bounded(owner, field, isBounded, backward, parts), size: PLANNED_SMALL };
  }
  #bounded(owner: string, field: GraphQLField<unknown, unknown>, isBounded: boolean, backward: boolean, parts: string[]) {
    if (!isBounded) return { parts, isOrdered: false };
    const order = this.#order(field);
    const type = getNamedType(field.type).name.replace(/Connection$/, '');
    const draw = (): unknown => this.#values.cursor(`${owner}.${field.name}`, type, order);
    const cursor = this.#random.chance(0.6) ? this.#variable('Cursor', false, draw) : JSON.stringify(draw());
    const value = order.value === undefined ? '' : `, value: ${JSON.stringify(order.value)}`;
    parts.push(
      `orderBy: [{ field: ${order.field}, direction: ${order.direction}${value} }]`,
      `${backward ? 'before' : 'after'}: ${cursor}`,
    );
    return { parts, isOrdered: true };
  }
  #order(field: GraphQLField<unknown, unknown>): ListOrder {
    const order = getNamedType(field.args.find(({ name }) => name === 'orderBy')!.type) as GraphQLInputObjectType;
    const by = getNamedType(order.getFields().field!.type) as GraphQLEnumType;
    const asked = { field: this.#random.pick(by.getValues()).name, direction: this.#random.pick(['ASC', 'DESC']) };
    return asked.field === 'VALUE' ? { ...asked, value: this.#values.contactField() } : asked;
  }

  #argument(field: GraphQLField<unknown, unknown>, { name, type }: GraphQLArgument): string {
    const draw = this.#drawer(field, name, type);
    const isRequired = isNonNullType(type);
    const value = this.#random.chance(0.5) ? this.#variable(String(type), isRequired, draw) : literal(draw(), type);
    return `${name}: ${value}`;
  }
  #variable(type: string, isRequired: boolean, draw: Draw): string {
    const name = `v${this.#variables.size + 1}`;
    this.#variables.set(name, { type, isRequired, draw });
    return `$${name}`;
  }

  #drawer(field: GraphQLField<unknown, unknown>, name: string, type: GraphQLInputType): Draw {
    const named = getNamedType(type);
    const owners: Readonly<Record<string, string>> = {
      contact: 'Contact',
      employee: 'Employee',
      businessForm: 'BusinessForm',
      article: 'Article',
    };
    if (name === 'id') return () => (owners[field.name] ? this.#values.id(owners[field.name]!) : this.#values.anyId());
    if (name === 'ids') return () => Array.from({ length: this.#random.whole(0, 6) }, () => this.#values.anyId());
    if (name === 'categoryId') return () => this.#values.id('ArticleCategory');
    if (name === 'departmentId') return () => this.#values.id('Department');
    if (name === 'number') return () => this.#values.formNumber();
    if (name === 'search') return () => this.#values.search();
    if (name === 'orderBy') return () => (this.#random.chance(0.9) ? [this.#order(field)] : []);
    if (name === 'kinds') return () => this.#random.some((named as GraphQLEnumType).getValues()).map((value) => value.name);
    if (name === 'where') return () => this.#filter(named as GraphQLInputObjectType, 1);
    return () => this.#plain(named);
  }
  /** A value of a type that says all there is to say of it. */
  #plain(named: GraphQLNamedInputType): unknown {
    if (isEnumType(named)) return this.#random.pick(named.getValues()).name;
    if (named.name === 'Date') return String(this.#values.moment()).slice(0, 10);
    if (named.name === 'Boolean') return this.#random.chance(0.5);
    if (named.name === 'Int') return this.#random.whole(1, 3);
    throw new Error(`Nothing is known of ${named.name} as an argument.`);
  }

  #filter(type: GraphQLInputObjectType, level: number): Record<string, unknown> {
    const random = this.#random;
    if (level < 3 && random.chance(0.2)) return { not: this.#filter(type, level + 1) };
    const names = Object.keys(type.getFields()).filter((name) => name !== 'values' && (level < 3 || !['and', 'or', 'not'].includes(name)));
    const chosen = random.some(names, 2);
    return Object.fromEntries(
      chosen.map((name) => {
        if (name === 'not') return [name, this.#filter(type, level + 1)];
        if (name === 'and' || name === 'or') return [name, Array.from({ length: random.whole(0, 2) }, () => this.#filter(type, level + 1))];
        return [name, this.#comparison(type.name, name, getNamedType(type.getFields()[name]!.type) as GraphQLInputObjectType)];
      }),
    );
  }
  #comparison(filter: string, name: string, type: GraphQLInputObjectType): Record<string, unknown> {
    const one = (of: string): unknown => {
      const named = getNamedType(type.getFields()[of]!.type);
      if (of === 'isNull') return this.#random.chance(0.5);
      if (isEnumType(named)) return this.#random.pick(named.getValues()).name;
      if (named.name === 'Boolean') return this.#random.chance(0.5);
      if (named.name === 'DateTime') return this.#values.moment();
      if (named.name === 'Date') return String(this.#values.moment()).slice(0, 10);
      if (named.name === 'ID') return this.#values.id(NAMED[name]!);
      const text =
        filter !== 'BusinessFormFilter'
          ? this.#values.name()
          : name === 'number'
            ? this.#values.formNumber()
            : this.#random.pick(FORM_KINDS);
      return of === 'startsWith' ? [...text].slice(0, 2).join('') : text;
    };
    const isMany = (of: string): boolean => String(type.getFields()[of]!.type).startsWith('[');
    const comparisons = this.#random.some(Object.keys(type.getFields()), 2);
    const many = (of: string): unknown[] => Array.from({ length: this.#random.whole(0, 3) }, () => one(of));
    return Object.fromEntries(comparisons.map((of) => [of, isMany(of) ? many(of) : one(of)]));
  }
}

/** What filters by id name. */
const NAMED: Readonly<Record<string, string>> = {
  department: 'Department',
  owner: 'Employee',
  company: 'Company',
  tags: 'Tag',
  template: 'FormTemplate',
  contact: 'Contact',
  handler: 'Employee',
  submittedBy: 'Employee',
};

const literal = (value: unknown, type: GraphQLInputType): string => print(astFromValue(value, type)!);
