import { type GuichetBuilder, sql } from '../../sdk/index.ts';
import { DirectoryConflict, directory } from '../directory/index.ts';
import { Contact } from './contact.refs.ts';

/** The contact's side of a conflict of phones (spec 3.3). */
export function conflictFields(builder: GuichetBuilder): void {
  const rule = directory.conflict;
  builder.entityFields(DirectoryConflict, (t) => ({
    contact: t.one(Contact, {
      on: (row, target) => sql`${row.seat_kind} = 'CONTACT' and ${target.id} = ${row.seat_id}`,
      description: 'Whose account has the number, where it is a contact; null in the bin.',
      rule,
    }),
    holderContact: t.one(Contact, {
      on: (row, target) => sql`${row.holder_kind} = 'CONTACT' and ${target.id} = ${row.holder_id}`,
      description: 'Who had the number before, where it is a contact; null in the bin.',
      rule,
    }),
  }));
}
