import { LockMode } from '@mikro-orm/core';
import type { Given, Shape } from './entity-shape.ts';

export interface FindOptions {
  readonly populate?: readonly unknown[];
  readonly fields?: readonly unknown[];
  readonly exclude?: readonly unknown[];
  readonly orderBy?: unknown;
  readonly limit?: number;
  readonly offset?: number;
  readonly lockMode?: LockMode;
}
const OPERATORS: Readonly<Record<string, string>> = { $eq: '=', $ne: '<>', $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };
const LOCKS = new Map<LockMode | undefined, string>([
  [undefined, ''],
  [LockMode.NONE, ''],
  [LockMode.PESSIMISTIC_WRITE, ' for update'],
  [LockMode.PESSIMISTIC_READ, ' for share'],
]);
const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object' || value instanceof Date;

/** The SQL of conditions on columns that are all to hold; undefined for anything else. */
export function plainQuestion(
  { columns, selection }: Shape,
  where: Given,
  options: FindOptions,
): { text: string; values: unknown[] } | undefined {
  const { populate = [], fields = [], exclude = [], limit, offset, lockMode } = options;
  const lock = LOCKS.get(lockMode);
  if (populate.length || fields.length || exclude.length || offset || lock === undefined) return undefined;
  const values: unknown[] = [];
  const conditions: string[] = [];
  const isRead = (of: Given): boolean => {
    for (const [name, value] of Object.entries(of)) {
      if (name === '$and') {
        if (!(value as Given[]).every(isRead)) return false;
        continue;
      }
      const column = columns.get(name);
      if (!column) return false;
      const tests = Array.isArray(value) ? { $in: value } : isScalar(value) ? { $eq: value } : (value as Given);
      for (const [operator, operand] of Object.entries(tests)) {
        if (operator === '$eq' && operand === null) conditions.push(`${column} is null`);
        else if (operator === '$in' && Array.isArray(operand) && operand.every(isScalar))
          conditions.push(`${column} = any($${values.push(operand)})`);
        else if (operator in OPERATORS && isScalar(operand) && operand !== null)
          conditions.push(`${column} ${OPERATORS[operator]} $${values.push(operand)}`);
        else return false;
      }
    }
    return true;
  };
  if (!isRead(where)) return undefined;
  const order: string[] = [];
  for (const by of [options.orderBy ?? []].flat() as Given[])
    for (const [name, direction] of Object.entries(by)) {
      const column = columns.get(name);
      if (!column || !/^(asc|desc)$/i.test(String(direction))) return undefined;
      order.push(`${column} ${String(direction).toLowerCase()}`);
    }
  const sorted = order.length ? ` order by ${order.join(', ')}` : '';
  const cut = limit === undefined ? '' : ` limit ${Number(limit)}`;
  return { text: `${selection} where ${conditions.join(' and ') || 'true'}${sorted}${cut}${lock}`, values };
}
