const MOST_CHARACTERS = 500;

/**
 * A message without what could be somebody's: what is quoted, numbers as long as a code or a phone, words as long as a token. For the
 * terminal of whoever runs a command; a log has no messages at all.
 * From the first quotation mark to the last, because a value may itself hold some.
 */
export const withoutValues = (message: string): string =>
  message
    .replace(/".*"|".*$/s, '"…"')
    .replace(/[\w-]{32,}/g, '…')
    .replace(/\p{Nd}(?:[\s()-]{0,2}\p{Nd}){4,}/gu, '…')
    .slice(0, MOST_CHARACTERS);
