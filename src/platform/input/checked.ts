import type { ZodError, ZodType } from 'zod';
import { en, zhCN } from 'zod/locales';
import type { Text } from '../language/language.ts';
import type { InputField } from './input.ts';
import type { Fault, Issue } from './input-faults.ts';

/**
 * The same field, whose value passes a schema of zod as well, once the field itself has found nothing wrong with it. What the schema makes of the
 * value is what the use case gets. Faults are told at their places in both languages: in zod’s words, with its codes in capitals, or as `fault` says.
 * @param schema that needs no promise
 */
export const checked = <Value, Checked>(of: InputField<Value>, schema: ZodType<Checked, Value>): InputField<Checked> => ({
  ...of,
  parse(given, path, report) {
    let isFaulty = false;
    const value = of.parse(given, path, (issue) => {
      isFaulty = true;
      report(issue);
    });
    const result = isFaulty ? undefined : schema.safeParse(value, ENGLISH);
    if (result?.success) return result.data;
    for (const issue of result ? issuesOf(schema, value) : []) report({ ...issue, path: [...path, ...issue.path] });
    return value as unknown as Checked; // a use case with faults does not run; its guard is handed what was given
  },
});
const [ENGLISH, CHINESE] = [en(), zhCN()].map(({ localeError }) => ({ error: localeError })) as [Language, Language];
type Language = { readonly error: ReturnType<typeof en>['localeError'] };

function issuesOf(schema: ZodType, value: unknown): readonly Issue[] {
  const [english, chinese] = [ENGLISH, CHINESE].map((language) => schema.safeParse(value, language).error?.issues ?? []);
  return english!.map((issue, i): Issue => {
    const message = { en: issue.message, 'zh-CN': chinese![i]?.message ?? issue.message };
    return { path: issue.path.map(String), code: issue.code.toUpperCase(), message, ...ownFault(issue) };
  });
}
const FAULT = 'fault';

/** What a schema says of an issue in its own words, by `fault`; nothing where zod says it. */
export const ownFault = (issue: ZodError['issues'][number]): Fault | undefined =>
  issue.code === 'custom' ? (issue.params?.[FAULT] as Fault | undefined) : undefined;

/** What a `refine` of zod says of values that do not pass it: `schema.refine(test, fault('ODD', { en: …, 'zh-CN': … }))`. */
export const fault = (code: string, message: Text): { params: Record<string, Fault> } => ({ params: { [FAULT]: { code, message } } });
