import type { Issue } from '../input/input-faults.ts';
import type { Language, Message } from '../language/language.ts';
import { inLanguage } from './message.ts';

export type { Language, Message };

/** A fact that a refusal tells beside its message. Types are GraphQL type names; `object` fields are read by the object's own rules. */
export interface RefusalField {
  readonly type: string;
  readonly description: string;
  /** The value is the id of an object of `type`, which is read under today's rules. */
  readonly object?: boolean;
}

/** A named refusal: one GraphQL type that implements UserError, in the result unions of the mutations that can give it. */
export interface RefusalType<Facts = unknown> {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly message: Message | ((facts: Facts) => Message);
  readonly fields: Readonly<Record<string, RefusalField>>;
  /**
   * Makes the error to throw. @param facts values of the type's own fields; a `message` among them says more exactly than the type's what was
   * refused. @param path of the input field that is to blame.
   */
  (facts: Facts & { readonly message?: Message }, path?: readonly string[]): Refusal;
}

/** Thrown by a use case: its transaction is rolled back and the caller gets the typed answer. */
export class Refusal extends Error {
  readonly type: RefusalType;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly path: readonly string[];
  constructor(type: RefusalType, facts: Readonly<Record<string, unknown>>, path: readonly string[]) {
    super(type.name);
    this.type = type;
    this.facts = facts;
    this.path = path;
  }
}

const screaming = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/**
 * Declares a refusal: a GraphQL type that implements `UserError`, with the code that follows from its name. A plugin's begins with the
 * plugin's name. It is thrown, and joins the result unions of the mutations that cite it in `refusals`.
 * @param options `message`: what people are told, made of the facts where it is a function; `fields`: facts beside code, message and path; `object: true` for ids that are read under the reader's rules.
 *
 * @example
 * const lendingAllOut = refusalType<{ until: string }>('LendingAllOut', {
 *   description: 'All of these tools are out.',
 *   message: { en: 'All of these tools are out.', 'zh-CN': '该工具已全部借出。' },
 *   fields: { until: { type: 'Date', description: 'When the first one is due.' } },
 * });
 * throw lendingAllOut({ until: '2026-06-01' }, ['input', 'tool']);
 */
export function refusalType<Facts extends object = Record<never, never>>(
  name: string,
  options: {
    description: string;
    message: Message | ((facts: Facts) => Message);
    fields?: Readonly<Record<keyof Facts & string, RefusalField>>;
  },
): RefusalType<Facts> {
  const make = (facts: Facts & { readonly message?: Message }, path: readonly string[] = []): Refusal =>
    new Refusal(type as RefusalType, facts as Record<string, unknown>, path);
  const type = Object.assign(make, {
    code: screaming(name),
    description: options.description,
    message: options.message,
    fields: options.fields ?? {},
  });
  Object.defineProperty(type, 'name', { value: name });
  return type as unknown as RefusalType<Facts>;
}

/** What people are told. */
export function messageOf({ type: { message }, facts }: Refusal, language: Language): string {
  return (typeof message === 'function' ? message(facts) : message)[language];
}

/** The same in each language. */
export const messagesOf = (refusal: Refusal): Message => ({ en: messageOf(refusal, 'en'), 'zh-CN': messageOf(refusal, 'zh-CN') });

export interface RefusalPayload extends Readonly<Record<string, unknown>> {
  readonly '@type': string;
  /** For whoever is told later, such as by a job. */
  readonly '@message': Message;
  /** What was wrong with the input, in both languages. */
  readonly '@issues'?: readonly Issue[];
}
/** A refusal as the result unions' fields read it. */
export const refusalPayload = (refusal: Refusal, language: Language): RefusalPayload => ({
  '@type': refusal.type.name,
  '@message': messagesOf(refusal),
  ...(refusal.facts.issues ? { '@issues': refusal.facts.issues as readonly Issue[] } : {}),
  code: refusal.type.code,
  message: messageOf(refusal, language),
  path: refusal.path,
  ...(inLanguage(refusal.facts, language) as object),
});

/** One of several that an act was to be done to. */
export interface RefusedItem {
  /** Field of the input that names all of them. */
  readonly field: string;
  readonly at: number;
  /** What else the input holds and this may be refused for. */
  readonly inputs: readonly string[];
}
/**
 * Why one of several was refused. To blame is a field of the input of all, or the item itself: never a field of the work behind it, which the
 * caller has not sent.
 */
export function refusedItemPayload(
  refusal: Refusal,
  language: Language,
  { field, at, inputs }: RefusedItem,
): ReturnType<typeof refusalPayload> {
  const pathFor = (path: readonly string[]): readonly string[] => (inputs.includes(path[1] ?? '') ? path : ['input', field, String(at)]);
  const { issues, ...facts } = refusal.facts as { readonly issues?: readonly Issue[] };
  const told = issues?.map((issue) => ({ ...issue, path: pathFor(issue.path) }));
  return refusalPayload(new Refusal(refusal.type, { ...facts, ...(told && { issues: told }) }, pathFor(refusal.path)), language);
}

/** The same for an id that is unknown, foreign, of another type, or of what the seat cannot see (spec 2.5). */
export const notFound = refusalType('NotFound', {
  description: 'An id in the input is unknown, or of something that your seat cannot see.',
  message: { en: 'Nothing was found under this id.', 'zh-CN': '没有找到该编号对应的内容。' },
});
/** Faults of the input, all at once; for one alone there is `invalid`. */
export const validationFailed = refusalType<{ issues: readonly Issue[] }>('ValidationFailed', {
  description: 'Some fields of the input are not right; every fault is listed.',
  message: { en: 'Some fields are not right.', 'zh-CN': '部分字段填写有误。' },
  fields: { issues: { type: '[ValidationIssue]', description: 'Every fault that was found.' } },
});
export const idempotencyMismatch = refusalType('IdempotencyMismatch', {
  description: 'This key was used before with other input. Send a new key with new input.',
  message: { en: 'This idempotency key was used before with other input.', 'zh-CN': '该幂等键已用于其他内容。' },
});
/** The object has changed since it was read. `current`: its type and UUID. */
export const versionConflict = refusalType<{ current?: { type: string; uuid: string } }>('VersionConflict', {
  description: 'The object has changed since you read it: look at it again, then decide.',
  message: { en: 'This has changed since you read it.', 'zh-CN': '内容已被他人更新,请重新加载。' },
  fields: { current: { type: 'Node', object: true, description: 'The object as it is now; null where it has no id: ask for it again.' } },
});
/** The object is in a state in which the move cannot be made, whoever asks. */
export const invalidTransition = refusalType<{ state: string; allowed: readonly string[] }>('InvalidTransition', {
  description: 'The object is not in a state in which this can be done; nothing was changed.',
  message: { en: 'This cannot be done as things stand now.', 'zh-CN': '当前状态不允许此操作。' },
  fields: {
    state: { type: 'String', description: 'The state that it is in.' },
    allowed: { type: '[String]', description: 'What you can do with it now, by the names of `viewerCan`.' },
  },
});
export const pluginOff = refusalType<{ plugin: string }>('PluginDisabled', {
  description: 'The plugin that offers this is switched off in your organization.',
  message: { en: 'This plugin is switched off in your organization.', 'zh-CN': '贵企业已停用该应用。' },
  fields: { plugin: { type: 'String', description: 'Name of the plugin.' } },
});
/** Refusals that belong to no module: any may give them. */
export const SHARED_REFUSALS = new Set<unknown>([
  notFound,
  validationFailed,
  idempotencyMismatch,
  versionConflict,
  invalidTransition,
  pluginOff,
]);
/** Makes one that modules of all kinds give, so that it carries no plugin's prefix: for contracts of the SDK. */
export function sharedRefusal<Facts>(type: RefusalType<Facts>): RefusalType<Facts> {
  SHARED_REFUSALS.add(type);
  return type;
}

/**
 * @param path of the input field to blame, such as `['input', 'phone']`
 * @param code for programs, in capitals
 * @param message for people, in each language
 */
export const invalid = (path: readonly string[], code: string, message: Message): Refusal =>
  validationFailed({ issues: [{ path, code, message }] }, path);
