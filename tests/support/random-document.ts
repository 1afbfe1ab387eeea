import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { createDocuments } from '../../src/platform/documents/index.ts';
import { knowsField, knowsType } from './naive/entities.ts';
import { QUERIES } from './naive/executor.ts';
import type { KnownValues } from './naive/values.ts';
import type { Random } from './random.ts';
import { RandomArguments } from './random-arguments.ts';

export interface RandomDocument {
  readonly text: string;
  readonly document: DocumentNode;
  /** New values for its variables, each time. */
  variables(): Record<string, unknown>;
}
/** A selection, with the objects that it may ask for and the fields below each other. */
interface Written {
  readonly text: string;
  readonly cost: number;
  readonly height: number;
}
interface Room {
  readonly depth: number;
  readonly cost: number;
  /** Fragments inside each other, until the next field. */
  readonly spreads: number;
}
interface Fragment extends Written {
  readonly name: string;
  readonly type: string;
}

const MOST_DEPTH = 6;
const MOST_SPREADS = 2;
const MOST_OBJECTS = 3_000;
/** How long plain lists can be, as their fields are declared. */
const LIST_SIZES: Readonly<Record<string, number>> = {
  apps: 100,
  contacts: 100,
  tags: 100,
  lines: 100,
  departments: 20,
  supervisors: 20,
  earlierDecisions: 4,
  versions: 100,
};
const SHARED = ['String!', 'ID!', 'DateTime!', 'Employee'];
const STRUCTURAL = ['nodes', 'edges', 'node', 'pageInfo'];

/** Draws a document that the server must take: valid, and within its limits. */
export function randomDocument(schema: GraphQLSchema, random: Random, values: KnownValues): RandomDocument {
  const documents = createDocuments({ schema });
  for (;;) {
    const maker = new DocumentMaker(schema, random, new RandomArguments(random, values));
    const text = maker.make();
    const { document } = documents.prepare('schema', text, { mayIntrospect: true });
    if (document) return { text, document, variables: () => maker.args.draw() };
  }
}

/** The lists of a kind are those of its interface. */
const ownerOf = (type: GraphQLObjectType): string =>
  type.getInterfaces().find(({ name }) => ['BusinessForm', 'Interaction'].includes(name))?.name ?? type.name;

class DocumentMaker {
  readonly args: RandomArguments;
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #fragments: Fragment[] = [];
  #aliases = 0;
  constructor(schema: GraphQLSchema, random: Random, args: RandomArguments) {
    this.#schema = schema;
    this.#random = random;
    this.args = args;
  }

  make(): string {
    const query = this.#schema.getQueryType()!;
    const { text } = this.#selection(query, { depth: MOST_DEPTH, cost: MOST_OBJECTS, spreads: 1 });
    const whole = [text, ...this.#fragments.map((of) => `fragment ${of.name} on ${of.type} ${of.text}`)].join(' ');
    return `query Random${this.args.definitions(whole)} ${whole}`;
  }

  #selection(type: GraphQLCompositeType, room: Room): Written {
    const count = this.#random.whole(2, 5);
    const each = { ...room, cost: room.cost / count };
    const parts = Array.from({ length: count }, (_, i) => (i === 0 ? this.#first(type, each) : this.#part(type, each)));
    return {
      text: `{ ${parts.map(({ text }) => text).join(' ')} }`,
      cost: parts.reduce((sum, { cost }) => sum + cost, 0),
      height: Math.max(...parts.map(({ height }) => height)),
    };
  }

  #part(type: GraphQLCompositeType, room: Room): Written {
    const drawn = this.#random.next();
    if (drawn < 0.05 || isUnionType(type)) return { text: '__typename', cost: 0, height: 1 };
    if (room.spreads > 0 && drawn < 0.27) {
      const inside = { ...room, spreads: room.spreads - 1 };
      return drawn < 0.15 ? this.#inline(type, inside) : this.#spread(type, inside);
    }
    return this.#field(type, room);
  }

  /** Of a page mostly its objects: without them little is compared. */
  #first(type: GraphQLCompositeType, room: Room): Written {
    const isPage = isObjectType(type) && type.name.endsWith('Connection') && this.#random.chance(0.9);
    const field = isPage && type.getFields()[this.#random.pick(['nodes', 'nodes', 'edges'])];
    return (field && this.#written(type.name, field, room)) || this.#part(type, room);
  }

  #condition(): string {
    return this.#random.chance(0.08) ? ` ${this.args.condition()}` : '';
  }

  /** A type that an object of this one can be. */
  #narrower(type: GraphQLCompositeType): GraphQLCompositeType {
    if (isAbstractType(type)) {
      const possible = this.#schema.getPossibleTypes(type).filter(({ name }) => knowsType(name));
      return this.#random.chance(0.7) && possible.length ? this.#random.pick(possible) : type;
    }
    const wider = isObjectType(type) ? type.getInterfaces() : [];
    return wider.length && this.#random.chance(0.3) ? this.#random.pick(wider) : type;
  }
  #inline(type: GraphQLCompositeType, room: Room): Written {
    const of = this.#narrower(type);
    const { text, ...rest } = this.#selection(of, room);
    const on = of === type && this.#random.chance(0.5) ? '' : ` on ${of.name}`;
    return { text: `...${on}${this.#condition()} ${text}`, ...rest };
  }
  #spread(type: GraphQLCompositeType, room: Room): Written {
    const known = this.#fragments.filter((of) => of.type === type.name && of.cost <= room.cost && of.height <= room.depth);
    if (known.length && this.#random.chance(0.6)) return this.#use(this.#random.pick(known));
    const of = this.#narrower(type);
    const made = this.#selection(of, room);
    const fragment = { ...made, name: `F${this.#fragments.length}`, type: of.name };
    this.#fragments.push(fragment);
    return this.#use(fragment);
  }
  #use({ name, cost, height }: Fragment): Written {
    return { text: `...${name}${this.#condition()}`, cost, height };
  }

  #field(type: GraphQLCompositeType, room: Room): Written {
    const fields = Object.values((type as GraphQLObjectType).getFields()).filter(({ name }) => isKnown(type.name, name));
    const isDeep = (field: GraphQLField<unknown, unknown>): boolean => isCompositeType(getNamedType(field.type));
    const deep = room.depth > 1 ? fields.filter(isDeep) : [];
    const flat = fields.filter((field) => !isDeep(field));
    const from = deep.length && (flat.length === 0 || this.#random.chance(0.5)) ? deep : flat;
    const nothing = { text: '__typename', cost: 0, height: 1 };
    return from.length ? (this.#written(ownerOf(type as GraphQLObjectType), this.#random.pick(from), room) ?? nothing) : nothing;
  }

  #written(owner: string, field: GraphQLField<unknown, unknown>, room: Room): Written | undefined {
    const args = this.args.of(owner, field, room.cost);
    if (!args) return undefined;
    const head = `${this.#alias(field)}${field.name}${args.text}${this.#condition()}`;
    const named = getNamedType(field.type);
    if (!isCompositeType(named)) return { text: head, cost: 0, height: 1 };
    const isConnection = named.name.endsWith('Connection');
    const size = isConnection ? args.size : isListType(withoutNull(field)) ? (LIST_SIZES[field.name] ?? args.size) : 1;
    const depth = STRUCTURAL.includes(field.name) ? room.depth : room.depth - 1;
    const inner = { depth, cost: room.cost / size - 1, spreads: MOST_SPREADS };
    if (inner.cost < 1) return undefined;
    const { text, cost, height } = this.#selection(named, inner);
    return { text: `${head} ${text}`, cost: size * (1 + cost), height: height + (STRUCTURAL.includes(field.name) ? 0 : 1) };
  }

  /**
   * Fields with arguments mostly get a name of their own: two of one name must have the same. The name keeps the field's. Plain values
   * sometimes share a name, which may stand for other fields in other types.
   */
  #alias(field: GraphQLField<unknown, unknown>): string {
    if (SHARED.includes(String(field.type)) && this.#random.chance(0.05)) return `any${getNamedType(field.type).name}: `;
    return this.#random.chance(field.args.length ? 0.85 : 0.03) ? `${field.name}_${++this.#aliases}: ` : '';
  }
}

const withoutNull = ({ type }: GraphQLField<unknown, unknown>) => (isNonNullType(type) ? type.ofType : type);
/** Types without a table of their own (pages, parts) are answered whole, except for what is sealed at each reading. */
const isKnown = (type: string, field: string): boolean => {
  if (type === 'Query') return field in QUERIES;
  return knowsType(type) ? knowsField(type, field) : field !== 'liveCursor';
};
