import type { InputFields, Values } from '../input/input.ts';
import { refersToObjects } from '../input/input.ts';
import type { Rule } from '../permissions/rule.ts';
import { idempotencyMismatch, notFound, pluginOff, type RefusalType, validationFailed } from './refusal-type.ts';

/** Ids and words that a payload is read from; kept with the idempotency key, so that a replay reads the same objects again. */
export type Outcome = Readonly<Record<string, string | number | boolean | null | readonly unknown[]>>;

/** Characters of an idempotency key at the most (api 1). */
export const KEY_CHARACTERS = 64;

/**
 * One mutation: `guard` finds and locks what the input names and refuses what is not the seat's to do; then faults of the input are
 * answered; then `run` does the work. All in one transaction (spec 6.4, api 1 for the order of refusals).
 */
export interface MutationDefinition<Use = unknown, Fields extends InputFields = InputFields, Found = unknown> {
  readonly description: string;
  readonly rule: Rule;
  readonly input: Fields;
  readonly refusals?: readonly RefusalType<never>[];
  /** It creates, submits, sends or decides: it takes an `idempotencyKey`. */
  readonly doesOnce?: boolean;
  /** It runs outside an organization's transaction (signing in): `use` is the request's context, and there may be no seat. */
  readonly outside?: boolean;
  /** Finds and locks what the input names. @throws NotFound, FORBIDDEN, VersionConflict and the like, before faults of the input are told. */
  guard?(use: Use, input: Values<Fields>): Promise<Found>;
  /** Does the work. @returns ids and words that the success type's fields are read from. */
  run(use: Use, input: Values<Fields>, found: Found): Promise<Outcome>;
}

export interface NamedMutation extends MutationDefinition {
  readonly name: string;
  readonly module: string;
  readonly isPlugin: boolean;
}
/** A mutation as the schema has it. */
export interface DeclaredMutation extends NamedMutation {
  /** Types of the objects whose ids its outcome holds, by their properties. */
  readonly outcomeIds: Readonly<Record<string, string>>;
}

export const typePrefix = (mutation: string): string => mutation[0]!.toUpperCase() + mutation.slice(1);

/** The refusals that a mutation can give: its own, and those that follow from what it takes. */
export function refusalsOf({ input, refusals = [], doesOnce, isPlugin }: NamedMutation): readonly RefusalType[] {
  const own = refusals as unknown as readonly RefusalType[];
  const implied = [
    ...(refersToObjects(input) ? [notFound] : []),
    ...(Object.keys(input).length ? [validationFailed] : []),
    ...(doesOnce ? [idempotencyMismatch] : []),
    ...(isPlugin ? [pluginOff] : []),
  ] as unknown as readonly RefusalType[];
  return [...new Set([...own, ...implied])];
}
