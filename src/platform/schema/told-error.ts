import { GraphQLError } from 'graphql';
import { type Language, type Text, textIn } from '../language/language.ts';

/** By the extensions of errors, which graphql hands on where it adds a path. */
const words = new WeakMap<object, Text>();

/** A top-level error whose message exists in every language; it is told in that of the caller when the answer is written. */
export function toldError(code: string, text: Text, more: Readonly<Record<string, unknown>> = {}): GraphQLError {
  const extensions = { code, ...more };
  words.set(extensions, text);
  return new GraphQLError(textIn(text, 'en'), { extensions });
}

/** What an error says in a language; undefined where it was not made to be told. */
export const wordsOf = ({ extensions }: GraphQLError, language: Language): string | undefined => {
  const text = words.get(extensions);
  return text === undefined ? undefined : textIn(text, language);
};
