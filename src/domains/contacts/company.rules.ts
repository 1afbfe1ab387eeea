/** Characters that nobody sees and that join nothing. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** The name of a company as it is kept: composed, one space between words. Names that are equal in this are of one company, others are not. */
export const companyName = (typed: string): string => typed.normalize('NFC').replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').trim();

/** Servers of 0.1 kept folded names here, which never begin with a space: theirs are told from these, and put right (`mergeCompanies`). */
export const companyKey = (name: string): string => ` ${companyName(name)}`;
