import { tenantEntity } from '../../sdk/index.ts';
import { Employee } from './directory.entity.ts';

export const HOLDERS = ['EMPLOYEE', 'CONTACT'] as const;
export type HolderKind = (typeof HOLDERS)[number];

/** Two who cannot both have a number, until an admin has decided (spec 3.3). Contacts are another module's, so all are known by their ids alone. */
export const DirectoryConflict = tenantEntity(
  'directory_conflicts',
  (t) => ({
    /** E.164, the number that both would have. */
    phone: t.text(),
    /** Whose number it is to become. */
    seatKind: t.oneOf(...HOLDERS),
    seatId: t.uuid(),
    /** Who has it. */
    holderKind: t.oneOf(...HOLDERS),
    holderId: t.uuid(),
    at: t.timestamptz(),
    settledAt: t.timestamptz().nullable(),
    /** Null as long as it is open, and where the account went on to yet another number. */
    choice: t.oneOf('CONVERT', 'KEEP').nullable(),
    settledBy: t.idOf(() => Employee).nullable(),
  }),
  {
    indexes: {
      directory_conflicts_open: { columns: ['-id'], where: 'settled_at is null' },
      directory_conflicts_of_seat: { columns: ['seatId', 'holderId', 'phone'], unique: true, where: 'settled_at is null' },
    },
  },
);
export const directoryConflicts = DirectoryConflict.table;
