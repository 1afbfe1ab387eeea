import type { FindSeatFacts } from '../../sdk/index.ts';
import { contacts } from './contact.entity.ts';

/** A contact in the bin has no seat any more (spec 3.8). */
export const contactFacts: FindSeatFacts = async (transaction, { id, kind }) => {
  if (kind !== 'CONTACT') return {};
  const found = await transaction
    .on({ contacts })
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return { gone: found === undefined };
};
