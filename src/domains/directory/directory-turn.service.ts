import type { UseCase } from '../../sdk/index.ts';

/**
 * Whoever changes the staff of an organization (its tree, who sits where, who holds which right) does so alone, from here to the end: what they
 * have read of it is so. Taken before anything is looked at and before all other locks (docs/decisions/locks-in-one-order.md).
 */
export const holdDirectory = (use: UseCase): Promise<void> => use.takeTurn('directory');
