/**
 * How much a look counts in which the server's thread has given no sign: not what others of a busy machine took of it. A thread that is given no
 * processor is slow, and not blocked.
 * @param delayed milliseconds of the look in which the thread had something to do and no processor. @param period of a look, in milliseconds
 * @returns 0 to 1
 */
export const missedLook = (delayed: number, period: number): number => Math.min(1, Math.max(0, 1 - delayed / period));

/** @param text of `schedstat` (proc(5)). @returns milliseconds for which a thread has waited for a processor; 0 where the text does not tell */
export const delayIn = (text: string): number => Number(text.split(' ')[1]) / 1e6 || 0;
