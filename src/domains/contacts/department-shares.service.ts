import { contactUnshared, type UseCase } from '../../sdk/index.ts';
import { departments } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactShares } from './contact-share.entity.ts';
import { said } from './contact-sharing.service.ts';

const isLive = (use: UseCase) => (until: Date | null) => until === null || until > use.now;

/** Shares with a department that have not ended. */
async function shares(use: UseCase, departmentId: string): Promise<number> {
  const rows = await use.on(contactShares).selectFrom('contact_shares').select('until').where('department_id', '=', departmentId).execute();
  return rows.filter(({ until }) => isLive(use)(until)).length;
}

/** Ends the shares with a department that is removed; the history of each contact says with whom it was shared. */
async function letGo(use: UseCase, departmentId: string): Promise<void> {
  await holdShared(use, departmentId);
  const ended = await use
    .on(contactShares)
    .deleteFrom('contact_shares')
    .where('department_id', '=', departmentId)
    .returning(['contact_id', 'until'])
    .execute();
  const live = ended.filter(({ until }) => isLive(use)(until));
  if (live.length === 0) return;
  const { name } = await use
    .on(departments)
    .selectFrom('departments')
    .select('name')
    .where('id', '=', departmentId)
    .executeTakeFirstOrThrow();
  const own = { actor_id: use.seat.id, at: use.now, field: 'sharedWith', new: null, of_settings: true };
  use.on(contactHistory).add(live.map(({ contact_id, until }) => ({ ...own, id: use.newId(), contact_id, old: said(name, until) })));
  // of a department that is gone: nothing may name it by its id any more
  for (const { contact_id: contactId } of live) await use.announce(contactUnshared({ contactId, employeeId: null, departmentId: null }));
}

/** In the order in which everybody locks contacts. */
async function holdShared(use: UseCase, departmentId: string): Promise<void> {
  await use
    .on(contacts, contactShares)
    .selectFrom('contacts')
    .select('id')
    .where('id', 'in', (of) => of.selectFrom('contact_shares').select('contact_id').where('department_id', '=', departmentId))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export const sharesWithDepartments = { shares, letGo };
