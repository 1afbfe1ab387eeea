import { randomBytes } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Trouble } from '../database/trouble.ts';
import type { Text } from '../language/language.ts';
import { toldError } from '../schema/told-error.ts';

// How "this value is refused" travels from PostgreSQL to the answer. Statements write JSON as text and put a bare control character
// where a value is refused. JSON escapes control characters inside strings, so no stored value can forge the mark.

export const REFUSED_SQL = 'chr(1)';
export const PLUGIN_OFF_SQL = 'chr(2)';
export const FAILED_SQL = 'chr(3)';
const MARKS = ['\u0001', '\u0002', '\u0003'];
const NUMBERED_MARKS = /([\u0001-\u0003])(\d+)/g;
/** The same mark with a number that tells which place of the document it stands for. */
export const numbered = (mark: string, site: number): string => `concat(${mark}, '${site}')`;
/** Searched for one by one: where a text is not all Latin, that takes a tenth of what a pattern takes. */
export const hasMarks = (text: string): boolean => MARKS.some((mark) => text.includes(mark));

// Stand for marks inside a parsed tree; random in each process and never sent, so data cannot contain them.
const secret = randomBytes(16).toString('hex');
const REFUSED = `refused:${secret}`;
const PLUGIN_OFF = `plugin-off:${secret}`;
const FAILED = `failed:${secret}`;
const MARK_OF = `mark:${secret}:`;
const NUMBERED = new RegExp(`^${MARK_OF}([123])(\\d+)$`);
const ERRORS: Readonly<Record<string, (rule: NamedRule | undefined) => GraphQLError>> = {
  1: (rule) => forbidden(rule),
  2: () => pluginDisabled(),
  3: () => failed(),
};

export const parseTree = (text: string): unknown =>
  JSON.parse(
    hasMarks(text)
      ? text.replaceAll('\u0001', `"${REFUSED}"`).replaceAll('\u0002', `"${PLUGIN_OFF}"`).replaceAll('\u0003', `"${FAILED}"`)
      : text,
  );

/** What was refused in a text with numbered marks: null in its place in the tree, with its path, in the order in which it is written. */
/** @param ruleOf the field whose place has that number */
export function refusalsIn(
  text: string,
  ruleOf: (site: number) => NamedRule | undefined,
): { tree: unknown; refused: { error: GraphQLError; path: (string | number)[]; site: number }[] } {
  const refused: { error: GraphQLError; path: (string | number)[]; site: number }[] = [];
  const settle = (value: unknown, path: (string | number)[]): unknown => {
    if (typeof value === 'string') {
      const [, mark, site] = NUMBERED.exec(value) ?? [];
      if (site === undefined) return value;
      refused.push({ error: ERRORS[mark!]!(ruleOf(Number(site))), path, site: Number(site) });
      return null;
    }
    if (Array.isArray(value)) return value.map((one, i) => settle(one, [...path, i]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, settle(one, [...path, key])]));
  };
  const parsed = JSON.parse(text.replaceAll(NUMBERED_MARKS, (_, mark: string, site) => `"${MARK_OF}${mark.charCodeAt(0)}${site}"`));
  return { tree: settle(parsed, []), refused };
}

/** Whether the statement has refused what it was asked for: by the row's role mask, or because nobody of the seat's kind could read it. */
export const isRefused = (value: unknown): boolean => value === REFUSED;

/** The value that a statement wrote for a field. @throws FORBIDDEN, PLUGIN_DISABLED or INTERNAL where it was refused. */
export function settled(value: unknown, rule?: NamedRule): unknown {
  if (value === REFUSED) throw forbidden(rule);
  if (value === PLUGIN_OFF) throw pluginDisabled();
  if (value === FAILED) throw failed();
  return value;
}

type NamedRule = { readonly name: string };
/**
 * FORBIDDEN: the seat sees the object and may not act on it. For what it does not see, throw `notFound`.
 * @param rule that refuses; `extensions.rule` tells front ends its name, which `@auth` prints.
 */
export const forbidden = (rule?: NamedRule): GraphQLError =>
  toldError('FORBIDDEN', { en: 'You may not read or do this.', 'zh-CN': '您无权查看或执行此操作。' }, rule ? { rule: rule.name } : {});
/** Whether an error is FORBIDDEN, for acts on many objects that tell each one's outcome. */
export const isForbidden = (error: unknown): boolean => error instanceof GraphQLError && error.extensions.code === 'FORBIDDEN';
export const unauthenticated = (): GraphQLError => toldError('UNAUTHENTICATED', { en: 'Sign in first.', 'zh-CN': '请先登录。' });
export const pluginDisabled = (): GraphQLError =>
  toldError('PLUGIN_DISABLED', { en: 'This plugin is switched off in your organization.', 'zh-CN': '贵企业已停用该应用。' });
/** What failed is logged once, where it was found out (`withoutFailing`), not at each field. */
const failed = (): GraphQLError => toldError('INTERNAL', UNEXPECTED);
export const UNEXPECTED = { en: 'Unexpected error.', 'zh-CN': '服务器出现意外错误。' };
/** WINDOW_SUSPENDED as an error of a field that is read; mutations give the refusal `windowSuspended`. */
export const windowIsSuspended = (): GraphQLError =>
  toldError('WINDOW_SUSPENDED', { en: 'The service window is suspended for now.', 'zh-CN': '服务窗口暂停使用。' });
/** BAD_REQUEST: nothing that a person can mend in a form, such as a list of thousands. */
export const badRequest = (message: Text): GraphQLError => toldError('BAD_REQUEST', message);
/** @param retryAfter seconds. */
export const rateLimited = (message: Text, retryAfter: number): GraphQLError => toldError('RATE_LIMITED', message, { retryAfter });
export const tookTooLong = (): GraphQLError =>
  limitExceeded({ en: 'This took too long: ask for less at a time.', 'zh-CN': '用时过长，请减少每次请求的内容。' });
export const limitExceeded = (message: Text): GraphQLError => toldError('LIMIT_EXCEEDED', message);
const TROUBLES: Readonly<Record<Trouble, () => GraphQLError>> = {
  busy: () =>
    toldError(
      'LIMIT_EXCEEDED',
      { en: 'The server has more to do than it can: try again in a moment.', 'zh-CN': '服务器繁忙，请稍后再试。' },
      { retryAfter: 1 },
    ),
  yours: () =>
    toldError(
      'LIMIT_EXCEEDED',
      {
        en: 'You have as much under way as one seat may: try again when some of it is done.',
        'zh-CN': '您同时进行的请求已达上限，请待部分完成后再试。',
      },
      { retryAfter: 1 },
    ),
  full: () =>
    toldError('INTERNAL', {
      en: 'The server’s disk is full: nothing was written, and nothing can be for now.',
      'zh-CN': '服务器磁盘已满：未写入任何内容，暂时也无法写入。',
    }),
  away: () =>
    toldError(
      'INTERNAL',
      { en: 'The database cannot be reached: try again in a moment.', 'zh-CN': '暂时无法连接数据库，请稍后再试。' },
      { retryAfter: 1 },
    ),
};
/** What a caller is told while the database cannot work. */
export const inTrouble = (trouble: Trouble): GraphQLError => TROUBLES[trouble]();
