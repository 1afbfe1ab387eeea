import type { Language, Message } from '../language/language.ts';

const isMessage = (value: object): value is Message => {
  const { en, 'zh-CN': chinese } = value as Partial<Message>;
  return typeof en === 'string' && typeof chinese === 'string' && Object.keys(value).length === 2;
};

/** A value with each message in it, however deep, as the text of one language. */
export function inLanguage(value: unknown, language: Language): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, language));
  if (isMessage(value)) return value[language];
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inLanguage(item, language)]));
}
