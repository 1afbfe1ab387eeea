import { InputFieldBuilder, type InputFieldMap, type SchemaTypes } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { InputField } from '../input/input.ts';
import { inputsIn } from '../input/input-fields.ts';
import type { Rule } from '../permissions/rule.ts';
import { ReadAhead } from '../read/read-ahead.ts';
import type { ReadContext } from '../read/read-batch.ts';
import { DeclarationError } from './claims.ts';
import { type InputBuilder, type Loose, own, type Values } from './declaring.ts';
import { type DeclaredMutation, KEY_CHARACTERS, type NamedMutation, type Outcome, refusalsOf, typePrefix } from './mutation.ts';
import { PayloadFieldBuilder, type PayloadFields } from './payload-field-builder.ts';
import { type Place, placeOf } from './place.ts';
import type { RefusalType } from './refusal-type.ts';
import type { Surface } from './surface.ts';

/** One mutation: `guard` finds, locks and refuses; then faults of the input are answered; then `run` does the work (spec 6.4, api 1). */
export interface UseCaseOptions<Types extends SchemaTypes, Fields extends InputFieldMap, Found, Done> {
  readonly description: string;
  readonly rule: Rule;
  /** The mutation stands on this surface alone. */
  readonly surface?: Surface['name'];
  readonly doesOnce?: boolean;
  readonly refusals?: readonly RefusalType<never>[];
  input?(t: InputBuilder<Types>): Fields;
  guard?(use: Types['UseCase'], input: Values<Fields>): Promise<Found>;
  run(use: Types['UseCase'], input: Values<Fields>, found: Found): Promise<Done>;
  success: PayloadFields<Types, Done>;
}

/** A mutation that no organization's transaction is begun for, such as signing in: there may be no seat. */
export interface OutsideOptions<Types extends SchemaTypes, Fields extends InputFieldMap, Done>
  extends Omit<UseCaseOptions<Types, Fields, void, Done>, 'guard' | 'run' | 'doesOnce'> {
  run(context: Types['Context'], input: Values<Fields>): Promise<Done>;
}

type AnyUseCase = UseCaseOptions<SchemaTypes, InputFieldMap, unknown, Outcome>;

/** What resolvers of mutations call; the app provides it in the request's context. */
export interface MutationContext extends ReadContext {
  /** @param ahead reads the payload's fields in the transaction of the mutation. */
  perform(mutation: DeclaredMutation, input: Readonly<Record<string, unknown>>, ahead: ReadAhead): Promise<unknown>;
}

const IDEMPOTENCY_KEY =
  'Send one: a word of your choosing. A retry with the same key and input gets the first answer and does nothing twice.';
/** A use case takes its input in by itself, and tells its faults after its guard. */
const TAKEN_BY_USE_CASE: InputField<unknown> = { type: '', required: true, description: '', parse: (given) => given };
const entitiesOf = ({ all }: Place, loads: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(loads).map(([property, type]) => [property, all.entity(type).name]));

/** A mutation of Pothos whose resolver is a use case: its input, its payload and the union of its outcomes. */
export function useCase(this: Loose, name: string, options: AnyUseCase): void {
  const place = placeOf(this);
  const { module, isPlugin, all } = place;
  const { description, rule, surface, doesOnce, guard, run } = options;
  all.claim(`the mutation ${name}`, module);
  all.cite(`the mutation ${name}`, rule, module);
  const prefix = typePrefix(name);
  const t = new InputFieldBuilder<SchemaTypes, 'InputObject'>(this as never, 'InputObject');
  const given = options.input?.(t as never) ?? {};
  if ('idempotencyKey' in given)
    throw new DeclarationError(`the input of ${name} has a field idempotencyKey of its own`, 'take it away; `doesOnce: true` gives it one');
  const key = doesOnce ? { idempotencyKey: t.string({ description: IDEMPOTENCY_KEY, extensions: { most: KEY_CHARACTERS } }) } : {};
  const fields = { ...given, ...key };
  const hasInput = Object.keys(fields).length > 0;
  if (hasInput) this.inputType!(`${prefix}Input`, { description: `Input of \`${name}\`.`, fields: () => fields });

  const payload = new PayloadFieldBuilder<SchemaTypes, Outcome>(this as never);
  this.objectType!(`${prefix}Success`, {
    description: `\`${name}\` was done.`,
    extensions: { guichet: { module } },
    fields: () => options.success(payload as never),
  });
  const mutation: NamedMutation = {
    ...(options as unknown as NamedMutation),
    input: inputsIn(given),
    guard: guard && own(place, guard),
    run: own(place, run) as never,
    name,
    module,
    isPlugin,
  };
  all.mutations.push(mutation);
  const declared: DeclaredMutation = { ...mutation, outcomeIds: {} };
  // known when the payload's fields are made
  Object.defineProperty(declared, 'outcomeIds', { enumerable: true, get: () => entitiesOf(place, payload.loads) });
  const types = [`${prefix}Success`, ...refusalsOf(mutation).map((type) => type.name)];
  this.unionType!(`${prefix}Result`, { description: `Outcome of \`${name}\`: done, or why not.`, types });
  const resolve = (_: unknown, args: { input?: Record<string, unknown> }, context: MutationContext, info: GraphQLResolveInfo) =>
    context.perform(declared, args.input ?? {}, new ReadAhead(info, `${prefix}Success`, context));
  this.mutationField!(name, (of: { arg(options: object): object; field(options: object): object }) => {
    const input = hasInput
      ? { input: of.arg({ type: `${prefix}Input`, required: true, description: 'What to do.', extensions: { input: TAKEN_BY_USE_CASE } }) }
      : {};
    return of.field({ type: `${prefix}Result`, nullable: true, description, rule, surface, args: input, resolve });
  });
}

export function outsideMutation(this: Loose, name: string, options: OutsideOptions<SchemaTypes, InputFieldMap, Outcome>): void {
  useCase.call(this, name, { ...options, outside: true } as never);
}

export function payloadType(
  this: Loose,
  name: string,
  options: { description: string; fields: PayloadFields<SchemaTypes, unknown> },
): object {
  const payload = new PayloadFieldBuilder<SchemaTypes, unknown>(this as never);
  return this.objectType!(name, { description: options.description, fields: () => options.fields(payload as never) }) as object;
}
