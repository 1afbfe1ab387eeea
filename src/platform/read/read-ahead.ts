import { type GraphQLObjectType, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { BoundStatement } from '../database/read-database.ts';
import { bindField, type Place, placeKey } from './bound-field.ts';
import { readOf } from './entity.ts';
import type { FieldText } from './field-text.ts';
import { Interview } from './interview.ts';
import type { ReadContext } from './read-batch.ts';
import { type Field, selectionOf } from './selection.ts';

/** Objects that are read while the rows of the mutation are locked; where there may be more, they are read afterwards. */
const FEW = 2_500;

/** What a payload's fields are read from. */
export type Payload = Readonly<Record<string, unknown>>;
/** Texts of fields that were read before the executor came to them, by their places. */
const TEXTS = Symbol('texts');
type WithTexts = { readonly [TEXTS]?: ReadonlyMap<string, FieldText> };

export const readEarlier = (source: object | undefined, place: Place): FieldText | undefined =>
  (source as WithTexts | undefined)?.[TEXTS]?.get(placeKey(place));

/**
 * Reads the fields of a mutation's payload in the transaction of the mutation, in the exchange of its commit: read afterwards, they would
 * take a transaction and an exchange of their own. The executor finds their texts at the payload, and checks their rules as ever.
 */
export class ReadAhead {
  readonly #info: GraphQLResolveInfo;
  readonly #type: string;
  readonly #context: ReadContext;
  #read: { readonly key: string; readonly sites: FieldText['sites'] }[] = [];
  /** @param info of the mutation's field. @param type of the payload. */
  constructor(info: GraphQLResolveInfo, type: string, context: ReadContext) {
    this.#info = info;
    this.#type = type;
    this.#context = context;
  }

  /**
   * @returns statements for the fields of a payload. None where they are left to the executor: one is refused; they may read much; or a
   * plugin has written of them, whose faults are not those of the mutation (promise 9).
   */
  statements(payload: Payload): readonly BoundStatement[] {
    this.#read = [];
    try {
      const fields = this.#places().map((place) => ({
        key: placeKey(place),
        isCore: place.field.extensions.plugin === undefined,
        ...bindField(place, this.#context, this.#info.variableValues, payload),
      }));
      const rows = fields.reduce((sum, field) => sum + field.rows, 0);
      if (rows > FEW || !fields.every(({ isCore, plugins }) => isCore && plugins.size === 0)) return [];
      this.#read = fields.map(({ key, sites }) => ({ key, sites }));
      return fields.map(({ bound }) => bound);
    } catch {
      return [];
    }
  }
  /** @param texts that the statements gave. */
  kept<T extends Payload>(payload: T, texts: readonly string[]): T & WithTexts {
    return { ...payload, [TEXTS]: new Map(this.#read.map(({ key, sites }, i) => [key, { text: texts[i]!, sites }])) };
  }

  #places(): Place[] {
    const { schema, fragments, operation, variableValues: variables, fieldNodes, path } = this.#info;
    const type = schema.getType(this.#type) as GraphQLObjectType;
    const { seat, now } = this.#context;
    const interview = new Interview({ seat: seat!, now, variables, coerced: new Map() });
    const selected = selectionOf(
      { schema, fragments },
      interview,
      type,
      fieldNodes.map(({ selectionSet }) => selectionSet),
    );
    const above = responsePathAsArray(path).join('.');
    return [...selected].flatMap(([key, nodes]): Place[] => {
      const field: Field | undefined = type.getFields()[nodes[0]!.name.value];
      if (!field || !readOf(field)) return [];
      const at = { schema, fragments, operation, parentType: type.name, path: `${above}.${key}`, field, nodes };
      return [{ ...at, straight: false, crowd: false }];
    });
  }
}
