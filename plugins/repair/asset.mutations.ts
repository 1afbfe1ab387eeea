import {
  type GuichetBuilder,
  type InputMaker,
  invalid,
  type PayloadFields,
  requireRight,
  types,
  type UseCase,
  versionConflict,
} from '@guichet/sdk';
import { Asset } from './asset.entity.ts';
import { repair } from './permissions.ts';
import { RepairAsset } from './refs.ts';

const rule = repair.keepAssets;
const details = <Required extends boolean>(t: InputMaker, required: Required) => ({
  name: t.name({ description: 'What it is.', max: 200, required }),
  serial: t.name({ description: 'Its serial number.', max: 100, required }),
});
const further = (t: InputMaker) => ({
  qr: t.name({ description: 'What its sticker says; by default the serial number.', max: 200, required: false }),
  warrantyUntil: t.day({ description: 'The last day of its warranty.', required: false }),
  company: t.name({ description: 'The company that it stands at.', max: 200, required: false }),
  site: t.name({ description: 'Where it stands.', max: 500, required: false }),
  area: t.name({ description: 'In which area, as those of technicians are called.', max: 60, required: false }),
  contactId: t.globalId(types.Contact, { description: 'Whose it is.', required: false }),
  needsSignature: t.flag({
    description: 'Whether repairs of it that are asked for from now on are confirmed by a signature, and not by silence.',
    required: false,
  }),
});
const success = (t: PayloadFields<{ asset: string }>) => ({
  asset: t.loaded(RepairAsset, 'asset', { description: 'The asset as it is now.', rule: repair.asset }),
});
function refuseTwins(use: UseCase): void {
  const taken = (field: string) => () => invalid(['input', field], 'TAKEN', { en: 'Another asset has it.', 'zh-CN': '已被其他设备使用。' });
  use.refuseTaken('assets_serial', taken('serial'));
  use.refuseTaken('assets_qr', taken('qr'));
}
const findContact = async (use: UseCase, contactId: string | undefined): Promise<void> => {
  if (contactId !== undefined) await use.find('Contact', contactId, ['input', 'contactId']);
};

/** The machines that are repaired. */
export function assetMutations(builder: GuichetBuilder): void {
  builder.useCase('addRepairAsset', {
    description: 'Adds a machine that may be repaired.',
    rule,
    doesOnce: true,
    input: (t) => ({ ...details(t, true), ...further(t) }),
    guard: async (use, { contactId }) => {
      await findContact(use, contactId);
      requireRight(use, rule, 'PLUGINS', 'REPAIR_TRIAGE');
    },
    run: async (use, { qr, warrantyUntil, company, site, area, contactId, needsSignature = false, ...given }) => {
      refuseTwins(use);
      const of = { warrantyUntil: warrantyUntil ?? null, company: company ?? null, site: site ?? null, area: area ?? null, needsSignature };
      return { asset: use.em.create(Asset, { ...given, ...of, qr: qr ?? given.serial, contactId: contactId ?? null }).id };
    },
    success,
  });
  builder.useCase('updateRepairAsset', {
    description: 'Changes a machine. What is left out stays as it is.',
    rule,
    input: (t) => ({
      assetId: t.globalId(RepairAsset, { description: 'The machine.' }),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      ...details(t, false),
      ...further(t),
    }),
    refusals: [versionConflict],
    guard: async (use, { assetId, expectedVersion, contactId }) => {
      await use.authorize('RepairAsset', assetId, rule, { path: ['input', 'assetId'] });
      await findContact(use, contactId);
      const { version } = await use.em.findOneOrFail(Asset, assetId);
      if (version !== expectedVersion)
        throw versionConflict({ current: { type: 'RepairAsset', uuid: assetId } }, ['input', 'expectedVersion']);
    },
    run: async (use, { assetId, expectedVersion: _, ...given }) => {
      refuseTwins(use);
      const asset = await use.em.findOneOrFail(Asset, assetId);
      for (const [name, value] of Object.entries(given)) if (value !== undefined) use.em.assign(asset, { [name]: value });
      return { asset: assetId };
    },
    success,
  });
}
