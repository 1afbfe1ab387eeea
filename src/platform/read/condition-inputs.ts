import { decodeGlobalId } from '../schema/global-id.ts';
import type { Parameters } from '../sql/parameters.ts';
import type { ConditionInputs } from './entity.ts';
import type { Interview } from './interview.ts';
import type { Arguments } from './selection.ts';

const TYPE = /^(text|uuid|int|integer|bigint|boolean|date|timestamptz|numeric|jsonb)(\[\])?$/;
/** The author's word stands in the statement as it is. */
function typeOf(sqlType: string): string {
  if (!TYPE.test(sqlType)) throw new Error(`${sqlType} is no type of a parameter.`);
  return sqlType;
}

/** What the author of a condition may use: arguments and the parent value become parameters, whether an argument is given a question. */
export function conditionInputs(interview: Interview, parameters: Parameters, args: Arguments): ConditionInputs {
  return {
    seat: parameters.seat,
    argument: (name, sqlType) =>
      parameters.use(`argument:${args.key}:${name}:${sqlType}`, typeOf(sqlType), (inputs) => args.read(inputs)[name]),
    id: (name, type) => parameters.use(`id:${args.key}:${name}`, 'uuid', (inputs) => decodeGlobalId(type, args.read(inputs)[name])),
    given: (name) => interview.ask(`given:${args.key}:${name}`, (inputs) => args.read(inputs)[name] != null),
    word: (name) => interview.ask(`word:${args.key}:${name}`, (inputs) => String(args.read(inputs)[name] ?? '')),
    source: (name, sqlType) => parameters.use(`source:${name}:${sqlType}`, typeOf(sqlType), ({ source }) => source?.[name]),
  };
}
