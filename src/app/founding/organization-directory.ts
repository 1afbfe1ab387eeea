import { organizationsWithSeats } from '../../domains/accounts/index.ts';
import { organizations } from '../../domains/organization/index.ts';
import { inReadOnlyTransaction } from '../../platform/database/transaction.ts';
import { CommandError } from '../command.errors.ts';
import type { Runtime } from '../runtime.ts';

/** An organization, as the operator finds it. */
export interface KnownOrganization {
  /** UUID */
  readonly id: string;
  readonly name: string;
  readonly certification: string;
  readonly isDemo: boolean;
  readonly createdAt: Date;
}

/** All organizations, the oldest first; each is asked in a transaction of its own, because nothing reads across. */
export async function organizationsThere({ pools }: Pick<Runtime, 'pools'>): Promise<KnownOrganization[]> {
  const found: KnownOrganization[] = [];
  for (const id of await organizationsWithSeats(pools.identity)) {
    const row = await inReadOnlyTransaction(pools.requests, id, ({ on }) =>
      on({ organizations }).selectFrom('organizations').select(['name', 'certification', 'is_demo', 'created_at']).executeTakeFirst(),
    );
    if (row) found.push({ id, name: row.name, certification: row.certification, isDemo: row.is_demo, createdAt: row.created_at });
  }
  return found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** @param named a UUID, or a name that one organization alone has. @throws CommandError */
export async function findOrganization(runtime: Pick<Runtime, 'pools'>, named: string): Promise<KnownOrganization> {
  const all = await organizationsThere(runtime);
  const byId = all.find(({ id }) => id === named.toLowerCase());
  const [found, another] = byId ? [byId] : all.filter(({ name }) => name === named.normalize('NFC'));
  if (!found) throw new CommandError(`There is no organization "${named}"; \`guichet organization list\` names those there are.`);
  if (another) throw new CommandError(`Several organizations are called "${named}"; name one by its id: ${found.id}, ${another.id}.`);
  return found;
}
