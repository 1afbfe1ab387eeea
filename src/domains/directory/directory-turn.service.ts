import type { UseCase } from '../../sdk/index.ts';

/**
 * Whoever changes the staff of an organization (its tree, who sits where, who holds which right) does so alone, from here to the end: what they
 * have read of it is so. Taken before anything is looked at and before all other locks (docs/decisions/locks-in-one-order.md).
 */
export const holdDirectory = (use: UseCase): Promise<void> => use.takeTurn('directory');

/**
 * No phone becomes an employee's between these two: whoever gives a contact a phone shares it and looks whether it is an employee's; whoever
 * employs somebody takes it, at the end, and looks whether it is a contact's. So one of two at once sees the other.
 */
const PHONES = 'phones-of-staff';
export const sharePhonesOfStaff = (use: UseCase): Promise<void> => use.shareTurn(PHONES);
export const takePhonesOfStaff = (use: UseCase): Promise<void> => use.takeTurn(PHONES);
