import { ADMIN, forbidden, type GuichetBuilder, type Seat, sql } from '../../sdk/index.ts';
import { directoryConflictSettled, rightNotYours } from './directory.errors.ts';
import { DirectoryConflict, Employee } from './directory.refs.ts';
import { conflictRoles } from './directory.roles.ts';
import { ConflictChoiceName } from './directory-conflict.entity.ts';
import { choicesOf, findOpen, settleConflict } from './directory-conflict.service.ts';
import { DIRECTORY_CONTACT_ADMIN, directory } from './permissions.ts';

const rule = directory.conflict;

/** Both roles hang on a right of the whole organization: whoever has neither is refused before anything is looked for. @throws FORBIDDEN */
function refuseOthers({ rights }: Seat): void {
  if (rights.get('DIRECTORY') !== 'ALL' && rights.get('CONTACTS') !== 'ALL') throw forbidden(rule);
}

/** Two who cannot both have a number, for the admins (spec 3.3). */
export function conflictTypes(builder: GuichetBuilder): void {
  builder.words(ConflictChoiceName);
  declareConflict(builder);
  builder.queryField('directoryConflicts', (t) =>
    t.entityPages(DirectoryConflict, {
      description:
        'Conflicts of phones, newest first: an account has taken a number that somebody else in the organization has. `where: { settledAt: { isNull: true } }` for those that wait for you.',
      rule,
      listedBy: () => [ADMIN, DIRECTORY_CONTACT_ADMIN],
      check: refuseOthers,
    }),
  );
  builder.useCase('settleDirectoryConflict', {
    description:
      'Settles a conflict of phones, once. Who gets another number by it is somebody whose rights you could grant. To merge two contacts comes later.',
    rule,
    doesOnce: true,
    input: (t) => ({
      conflictId: t.globalId(DirectoryConflict, { description: 'The conflict.' }),
      choice: t.choice(ConflictChoiceName, { description: 'One of its `choices`. `CONVERT` is for those who may delete the contact.' }),
    }),
    refusals: [directoryConflictSettled, rightNotYours],
    guard: async (use, { conflictId }) => {
      refuseOthers(use.seat);
      return findOpen(use, conflictId);
    },
    run: async (use, { conflictId, choice }, found) => {
      await settleConflict(use, found, choice);
      return { conflict: conflictId };
    },
    success: (t) => ({
      conflict: t.loaded(DirectoryConflict, 'conflict', { description: 'The conflict as it is now.', rule }),
    }),
  });
}

function declareConflict(builder: GuichetBuilder): void {
  builder.entity(DirectoryConflict, {
    description:
      'An account has taken a number that somebody else in the organization has: nobody has lost anything until an admin says so.',
    roles: conflictRoles,
    listedFor: rule.roles,
    filters: {
      settledAt: { compares: 'instant', column: 'settled_at', rule, description: 'By when they were settled; `isNull: true`: open.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      phone: t.column('phone', { type: 'PhoneNumber', description: 'The number, E.164.', rule }),
      employee: t.one(Employee, {
        on: (row, target) => sql`${row.seat_kind} = 'EMPLOYEE' and ${target.id} = ${row.seat_id}`,
        description: 'Whose account has the number, where it is an employee.',
        rule,
      }),
      holder: t.one(Employee, {
        on: (row, target) => sql`${row.holder_kind} = 'EMPLOYEE' and ${target.id} = ${row.holder_id}`,
        description: 'Who had the number before, where it is an employee.',
        rule,
      }),
      choices: t.field({
        type: [ConflictChoiceName as never],
        description:
          'What the two may choose from: an employee and a contact may both have the number, or the contact goes; two of a kind keep what they have; or each gets a number of their own. Who may choose what, and that nobody else is at the number that an exchange would leave, is looked at when it is settled: that hangs on who settles it, and on that moment.',
        rule,
        needs: ['seat_kind', 'holder_kind'],
        resolve: (row) => choicesOf(row) as never,
      }),
      arisenAt: t.column('at', { description: 'Since when.', rule }),
      settledAt: t.column('settled_at', { description: 'When it was settled; null while it is open.', rule }),
      choice: t.column('choice', {
        type: ConflictChoiceName,
        description:
          'How it was settled; null while it is open, and where it settled itself because the account went on to another number.',
        rule,
      }),
      settledBy: t.relation(Employee, 'settled_by', { description: 'Who settled it; null where nobody had to.', rule }),
    }),
  });
}
