/** PostgreSQL keeps neither the character zero nor, in JSON, half of a surrogate pair. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
