import { type GuichetBuilder, refuseSuspended, sql, types } from '@guichet/sdk';
import { repair } from './permissions.ts';
import { RepairAsset, RepairOrder } from './refs.ts';
import { assetRoles } from './repair.roles.ts';

const rule = repair.asset;

export function assetTypes(builder: GuichetBuilder): void {
  builder.entity(RepairAsset, {
    description: 'Something that is repaired: a machine at a customer’s.',
    roles: assetRoles(builder),
    listedFor: rule.roles,
    filters: {
      serial: { compares: 'text', column: 'serial', rule, description: 'By serial number.' },
      qr: { compares: 'text', column: 'qr', rule, description: 'By what its sticker says.' },
      site: { compares: 'text', column: 'site', rule, description: 'By where it stands.' },
      warrantyUntil: { compares: 'date', column: 'warranty_until', rule, description: 'By the last day of its warranty.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      version: t.column('version', { description: 'Raised by every change.', rule }),
      name: t.column('name', { description: 'What it is.', rule }),
      serial: t.column('serial', { description: 'Its serial number.', rule }),
      qr: t.column('qr', { description: 'What its sticker says.', rule }),
      warrantyUntil: t.column('warranty_until', { description: 'The last day of its warranty.', rule }),
      company: t.column('company', { description: 'The company that it stands at.', rule }),
      site: t.column('site', { description: 'Where it stands.', rule }),
      area: t.column('area', { description: 'In which area.', rule }),
      needsSignature: t.column('needs_signature', {
        description: 'Whether repairs of it are confirmed by a signature, and not by silence.',
        rule,
      }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'Whose it is.', rule }),
      repairs: t.pages(RepairOrder, {
        on: (asset, order) => sql`${order.asset_id} = ${asset.id}`,
        description: 'Its history: repairs of it that you may see, the newest first.',
        rule,
      }),
    }),
  });
  builder.queryFields((t) => ({
    repairAssets: t.entityPages(RepairAsset, {
      description: 'Machines that may be repaired, the newest first; a contact’s own.',
      rule,
      listedBy: () => rule.roles,
      check: refuseSuspended,
    }),
  }));
}
