import { contactOwnerChanged, type HandedOver, type UseCase } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactHistory } from './contact-history.entity.ts';

/** Rows that one statement names. */
const MOST_NAMED = 5_000;

/**
 * Gives contacts, whose rows are locked, other owners, in a few statements however many they are; each change is in the history and is told.
 * @param moves none to the owner that the contact has.
 */
export async function moveOwners(use: UseCase, moves: readonly HandedOver[]): Promise<void> {
  if (moves.length === 0) return;
  const names = await namesOf(use, moves);
  for (const [to, of] of Map.groupBy(moves, (move) => move.to)) await writeOwner(use, to, of);
  use.on(contactHistory).add(
    moves.map(({ id, from, to }) => ({
      id: use.newId(),
      contact_id: id,
      actor_id: use.seat.id,
      at: use.now,
      field: 'owner',
      old: nameIn(names, from),
      new: nameIn(names, to),
    })),
  );
  for (const { id, from, to } of moves) await use.announce(contactOwnerChanged({ contactId: id, from, to }));
}

async function writeOwner(use: UseCase, to: string | null, moves: readonly HandedOver[]): Promise<void> {
  for (let at = 0; at < moves.length; at += MOST_NAMED) {
    const ids = moves.slice(at, at + MOST_NAMED).map(({ id }) => id);
    await use
      .on(contacts)
      .updateTable('contacts')
      .set((of) => ({ owner_id: to, version: of('version', '+', 1), updated_at: use.now }))
      .where('id', 'in', ids)
      .execute();
  }
}

async function namesOf(use: UseCase, moves: readonly HandedOver[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(moves.flatMap(({ from, to }) => [from, to]))].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await use.on(employees).selectFrom('employees').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
const nameIn = (names: ReadonlyMap<string, string>, id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
