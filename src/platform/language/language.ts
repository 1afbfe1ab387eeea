/** The languages of texts that people read (api 1). */
export type Language = 'en' | 'zh-CN';
/** One text in each of them. */
export type Message = Readonly<Record<Language, string>>;
/** A text that is the same in every language, or one for each. */
export type Text = string | Message;

export const textIn = (text: Text, language: Language): string => (typeof text === 'string' ? text : text[language]);

/** Longer headers are no list of somebody's languages. */
const MOST_CHARACTERS = 500;
const RANGE = /^\s*(\*|[a-z]{1,8})(?:-[a-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i;
const SPOKEN: Readonly<Record<string, Language>> = { zh: 'zh-CN', en: 'en', '*': 'en' };

/**
 * The language that the caller likes best of those that messages are written in; English where none is accepted.
 * @param acceptLanguage as RFC 9110 has it: `zh-CN, en;q=0.5`.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').slice(0, MOST_CHARACTERS).split(',');
  const liked = asked.flatMap((part): [Language, number][] => {
    const [, word = '', weight = '1'] = RANGE.exec(part) ?? [];
    const language = SPOKEN[word.toLowerCase()];
    return language && Number(weight) > 0 ? [[language, Number(weight)]] : [];
  });
  return liked.reduce<[Language, number]>((best, one) => (one[1] > best[1] ? one : best), ['en', 0])[0];
}
