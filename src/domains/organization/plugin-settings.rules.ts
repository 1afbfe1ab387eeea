import type { ZodError, ZodType } from 'zod';
import { locales } from 'zod';
import { ownFault } from '../../sdk/core.ts';
import type { Issue } from '../../sdk/index.ts';

export type Settings = Readonly<Record<string, unknown>>;

const CHINESE = locales.zhCN();

/** What is given over what is stored; null takes a setting back to its default. */
export const merged = (stored: Settings, given: Settings): Settings =>
  Object.fromEntries(Object.entries({ ...stored, ...given }).filter(([, value]) => value !== null));

/** What is wrong with settings, by their places in the input; nothing where they fit. */
export function faultsOf(schema: ZodType, settings: Settings): Issue[] {
  const { error } = schema.safeParse(settings);
  return error ? issuesOf(error) : [];
}

/** A message that a plugin wrote itself, and not by `fault`, stands as it is. */
function inChinese(issue: ZodError['issues'][number]): string {
  if (issue.code === 'custom') return issue.message;
  const told = CHINESE.localeError?.(issue as never);
  return (typeof told === 'string' ? told : told?.message) ?? issue.message;
}

const issuesOf = ({ issues }: ZodError): Issue[] =>
  issues.flatMap((issue) => {
    const path = ['input', 'settings', ...issue.path.map(String)];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...path, key],
        code: 'UNKNOWN_SETTING',
        message: { en: 'There is no such setting.', 'zh-CN': '没有这个设置项。' },
      }));
    return [{ path, code: issue.code.toUpperCase(), message: { en: issue.message, 'zh-CN': inChinese(issue) }, ...ownFault(issue) }];
  });

/** @returns the settings that hold, defaults filled in; those that are stored where they do not fit any more. */
export const effective = (schema: ZodType, stored: Settings): unknown => {
  const { success, data } = schema.safeParse(stored);
  return success ? data : stored;
};
