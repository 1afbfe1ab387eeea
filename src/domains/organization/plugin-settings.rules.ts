import type { ZodError, ZodType } from 'zod';

export type Settings = Readonly<Record<string, unknown>>;
type Issue = { readonly path: readonly string[]; readonly code: string; readonly message: string };

/** What is given over what is stored; null takes a setting back to its default. */
export const merged = (stored: Settings, given: Settings): Settings =>
  Object.fromEntries(Object.entries({ ...stored, ...given }).filter(([, value]) => value !== null));

/** What is wrong with settings, by their places in the input; nothing where they fit. */
export function faultsOf(schema: ZodType, settings: Settings): Issue[] {
  const { error } = schema.safeParse(settings);
  return error ? issuesOf(error) : [];
}

const issuesOf = ({ issues }: ZodError): Issue[] =>
  issues.flatMap((issue) => {
    const path = ['input', 'settings', ...issue.path.map(String)];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], code: 'UNKNOWN_SETTING', message: 'There is no such setting.' }));
    return [{ path, code: issue.code.toUpperCase(), message: issue.message }];
  });

/** @returns the settings that hold, defaults filled in; those that are stored where they do not fit any more. */
export const effective = (schema: ZodType, stored: Settings): unknown => {
  const { success, data } = schema.safeParse(stored);
  return success ? data : stored;
};
