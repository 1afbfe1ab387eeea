import { transactionOf } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import type { IdentityDoor } from '../accounts/index.ts';
import { hashCode } from './link-code.rules.ts';

/** Of which organization a code is: whoever comes with one has no seat yet, and so no organization. */
export interface FoundLink {
  readonly organizationId: string;
  readonly linkId: string;
}

/** Writes a code down in the index, which keeps to the organization of the transaction. */
export async function indexLink(use: UseCase, code: string, linkId: string): Promise<void> {
  await transactionOf(use).client.query({
    name: 'window_link_add',
    text: 'select window_link_add($1, $2)',
    values: [hashCode(code), linkId],
  });
}

/** @returns undefined for a code that was never given out */
export async function findLink({ pool }: Pick<IdentityDoor, 'pool'>, code: string): Promise<FoundLink | undefined> {
  const hash = hashCode(code);
  if (!hash) return undefined;
  const { rows } = await pool.query<{ organization_id: string; link_id: string }>({
    name: 'window_link_find',
    text: 'select organization_id, link_id from identity.window_links where code_hash = $1',
    values: [hash],
  });
  return rows[0] && { organizationId: rows[0].organization_id, linkId: rows[0].link_id };
}
