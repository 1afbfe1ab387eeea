import type { UseCase } from '@guichet/sdk';

export const BATCH = 100;
/** Does some of what is due behind an id. @returns the last id of a full batch; undefined where nothing is left */
export type Batch = (use: UseCase, today: string, after: string) => Promise<string | undefined>;
export const next = (rows: readonly { readonly id: string }[]): string | undefined => (rows.length === BATCH ? rows.at(-1)!.id : undefined);
