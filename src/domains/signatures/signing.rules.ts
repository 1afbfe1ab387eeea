import type { Signing } from '../../sdk/index.ts';

const SHOWN = 4;
const HIDDEN = '****';
const COUNTRY = 6;

/** Enough to know one's own number by, and nobody else's: `+86138****1234`. Of short numbers only the end is shown. */
export const masked = (e164: string): string =>
  e164.length >= COUNTRY + SHOWN + HIDDEN.length ? `${e164.slice(0, COUNTRY)}${HIDDEN}${e164.slice(-SHOWN)}` : `${HIDDEN}${e164.slice(-2)}`;

/** One word for one thing to be signed. No part of it can be taken for another: types and purposes have no blank in them. */
export const subjectOf = ({ purpose, subject, sha256, phone }: Signing): string =>
  [purpose, subject.type, subject.id, sha256, phone ?? ''].join(' ');
