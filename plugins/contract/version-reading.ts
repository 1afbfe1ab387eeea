import { type FieldContext, organizationData } from '@guichet/sdk';
import { ContractVersion } from './contract.entity.ts';
import { type TextChange, textDiff } from './text-diff.rules.ts';

interface Asked {
  readonly contractId: string;
  readonly position: number;
  readonly text: string | null;
  /** SHA-256 of the other version; left out: the one before. */
  readonly since?: string | null;
}
/** What has changed since another version; null where one of the two is none, a file, or was not shared with the contact who asks. */
export async function changesSince(context: FieldContext, { contractId, position, text, since }: Asked): Promise<TextChange[] | null> {
  if (text === null) return null;
  const { seat, switchboard } = context;
  const other = await switchboard.service(organizationData).read(seat.organizationId, (transaction) =>
    transaction
      .on({ 'plg_contract.versions': ContractVersion.table })
      .selectFrom('plg_contract.versions')
      .select('text')
      .where('contract_id', '=', contractId)
      .where((of) => (since ? of('sha256', '=', since) : of('position', '<', position)))
      .$if(seat.kind === 'CONTACT', (query) => query.where('shared_at', 'is not', null))
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  return typeof other?.text === 'string' ? textDiff(other.text, text) : null;
}
