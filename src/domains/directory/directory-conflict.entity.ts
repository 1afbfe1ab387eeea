import { tenantEntity, type WordOf, words } from '../../sdk/index.ts';
import { Employee } from './directory.entity.ts';

export const HOLDERS = ['EMPLOYEE', 'CONTACT'] as const;
export type HolderKind = (typeof HOLDERS)[number];

/** What admins decide about two who cannot both have a number (spec 3.3). */
export const ConflictChoiceName = words('ConflictChoice', 'What becomes of two who cannot both have a number.', {
  CONVERT: 'The person is an employee from now on: the contact goes into the bin. For those who may delete it.',
  KEEP: 'An employee and a contact both have the number, and are one person’s. Two of a kind keep what they have.',
  EXCHANGE:
    'They are two people, and each has a number of their own: whoever’s account has taken the number gets it, and who had it gets the one that this one leaves, or that their account has taken by now. They are the same employee or contact as before, and sign in with it from then on. For those who hold `DIRECTORY` where that is an employee, `CONTACTS` where it is a contact.',
});
export type ConflictChoice = WordOf<typeof ConflictChoiceName>;

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
    choice: t.oneOf('CONVERT', 'KEEP', 'EXCHANGE').nullable(),
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
