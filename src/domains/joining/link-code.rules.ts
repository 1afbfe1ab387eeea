import { createHash, randomBytes } from 'node:crypto';

const BYTES = 16;
const SHAPE = /^[\w-]{22}$/;

/** Where the page of a link is. */
export const JOIN_PREFIX = '/join/';
/** Nobody guesses one of 2^128. */
export const drawCode = (): string => randomBytes(BYTES).toString('base64url');
/** @returns undefined for what no code looks like */
export const hashCode = (code: string): Buffer | undefined => (SHAPE.test(code) ? createHash('sha256').update(code).digest() : undefined);
/** @param origin where clients reach the server, such as `https://guichet.example`; without one the address is the server's that is asked */
export const linkUrl = (origin: string, code: string): string => `${origin}${JOIN_PREFIX}${code}`;
