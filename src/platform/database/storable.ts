/** PostgreSQL keeps neither the character zero nor, in JSON, half of a surrogate pair. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
/** The text, or one as much like it as PostgreSQL keeps: U+FFFD stands for what it does not. */
export const asStorable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');
