import type { Text } from '../language/language.ts';
import type { Rule } from '../permissions/rule.ts';
import type { Entity, Order } from '../read/entity.ts';
import type { Inputs, Interview } from '../read/interview.ts';
import type { Bound, ValueOrder } from '../read/page-request.ts';
import { badRequest } from '../read/refusal.ts';
import type { Arguments } from '../read/selection.ts';
import { type PlaceIn, placeTag, readCursor } from './cursors.ts';
import type { Parameters } from './parameters.ts';
import { placeNow } from './place-now.ts';
import { quoted, type Sql } from './sql.ts';
import { storable } from './storable.ts';
import { valueOrder } from './value-order.ts';

interface Asked {
  readonly field: string;
  readonly direction: string;
  readonly value?: string | null;
}
const askedOf = (args: Arguments, inputs: Inputs): readonly Asked[] => (args.read(inputs).orderBy ?? []) as Asked[];

/** @throws BAD_REQUEST for two orders, for a field that is named without need or not named, and where the order would tell what is refused */
export function orderOfList(
  { interview, args, entity }: { readonly interview: Interview; readonly args: Arguments; readonly entity: Entity },
  fallback: Order,
  isReadByAll: (rule: Rule) => boolean,
): Order {
  if (!args.has('orderBy')) return fallback;
  const asked = interview.ask(`order:${args.key}`, (inputs) => {
    const [order, ...others] = askedOf(args, inputs);
    if (others.length) throw badRequest(ONE_ORDER);
    if (!order) return '';
    if ((order.value == null) !== (entity.sortKeys[order.field]!.values === undefined)) throw badRequest(namesAField(order));
    return `${order.field} ${order.direction}`;
  });
  const [by, direction] = asked.split(' ');
  if (!by) return fallback;
  const { column, rule, values } = entity.sortKeys[by]!;
  if ((values || column !== entity.key) && !isReadByAll(rule)) throw badRequest(notOrderedBy(by)); // order and cursors would show it
  return { by, direction: direction as Order['direction'] };
}

interface Placed {
  readonly parameters: Parameters;
  readonly args: Arguments;
  readonly entity: Entity;
  /** The field that the list is, and its order. */
  readonly list: string;
  readonly order: Order;
}
/** The places of a list in one order: what stands for them in cursors, and which of them are asked for. */
export class ListPlaces {
  readonly #of: Placed;
  readonly byValue: ValueOrder | undefined;
  /** SQL of what tells the list and its order in cursors. */
  readonly tag: string;
  constructor(of: Placed) {
    this.#of = of;
    this.byValue = this.#byValue();
    this.tag = this.byValue?.tag.text ?? quoted(placeTag(of));
  }

  #field = (inputs: Inputs): string | undefined => {
    const { args, entity, order } = this.#of;
    return entity.sortKeys[order.by]!.values && storable(String(askedOf(args, inputs)[0]?.value));
  };
  #place = (inputs: Inputs): PlaceIn => ({ ...this.#of, field: this.#field(inputs) });

  #byValue(): ValueOrder | undefined {
    const { parameters, args, entity, order } = this.#of;
    const { values } = entity.sortKeys[order.by]!;
    if (!values) return undefined;
    const field = parameters.use(`order:${args.key}:field`, 'text', this.#field);
    const tag = parameters.use(`order:${args.key}:tag`, 'text', (inputs) => placeTag(this.#place(inputs)));
    return valueOrder(values, { organization: parameters.seat.organization, field, tag, direction: order.direction });
  }

  bound(side: Bound['side']): Bound {
    const { parameters, args, entity, order } = this.#of;
    const { sqlType, isHidden, column } = entity.sortKeys[order.by]!;
    const part = (of: 'sortValue' | 'key', type: string): Sql =>
      parameters.use(
        `bound:${args.key}:${side}:${of}`,
        type,
        (inputs) => readCursor(args.read(inputs)[side], this.#place(inputs), sqlType, isHidden)[of],
      );
    const key = part('key', 'uuid');
    if (!isHidden) return { side, sortValue: part('sortValue', sqlType), key };
    const isAbove = (side === 'after') === (order.direction === 'ASC');
    const [of, { organization }] = [{ table: entity.table, column, keyColumn: entity.key }, parameters.seat];
    return { side, sortValue: placeNow(of, { organization, key }, isAbove), key };
  }
}

const ONE_ORDER: Text = {
  en: '"orderBy" takes one order; rows that are equal in it are ordered by their age.',
  'zh-CN': '“orderBy”只接受一种排序；相同的行按先后排列。',
};
const namesAField = ({ field, value }: Asked): Text =>
  value == null
    ? { en: `The order ${field} needs "value", the name of a field.`, 'zh-CN': `按 ${field} 排序需要用“value”给出字段名。` }
    : { en: `The order ${field} takes no "value".`, 'zh-CN': `按 ${field} 排序不接受“value”。` };
const notOrderedBy = (by: string): Text => ({
  en: `This list cannot be ordered by ${by}: you may not read it in every row.`,
  'zh-CN': `此列表不能按 ${by} 排序：您并非在每一行都有权查看它。`,
});
