import {
  COLLEAGUE,
  defineModule,
  EXTERNAL,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  invalid,
  invalidTransition,
  rule,
  type Signing,
  signaturesService,
  signingCodeRefused,
  tenantEntity,
  type UseCase,
} from '@guichet/sdk';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';

// The least that can be signed: a deed, by everybody.

const everybody = rule('deeds.everybody', { roles: [COLLEAGUE, EXTERNAL], description: 'Every seat.' });
const Row = tenantEntity('plg_deeds.deeds', (t) => ({ text: t.text(), evidenceId: t.uuid().nullable() }));
const DeedsDeed = entityRef('DeedsDeed', Row.table);

interface Asked {
  readonly deedId: string;
  readonly sha256: string;
  readonly phone?: string;
}
const signingOf = ({ deedId, sha256, phone }: Asked): Signing => ({
  purpose: 'DEEDS_SIGNATURE',
  subject: { type: 'DeedsDeed', id: deedId },
  sha256,
  phone,
});

async function sign(use: UseCase, given: Asked & { readonly code: string; readonly failsAfterwards?: boolean }): Promise<string> {
  const signer = { name: 'Whoever signs', role: 'DEEDS_SIGNER' };
  const signing = { ...signingOf(given), signer, code: given.code };
  const { evidenceId } = await use.service(signaturesService).sign(use, signing, ['input', 'code']);
  (await use.em.findOneOrFail(Row, given.deedId)).evidenceId = evidenceId;
  if (given.failsAfterwards) throw invalid(['input'], 'FAILS', { en: 'It fails.', 'zh-CN': '失败。' });
  return evidenceId;
}

function deedTypes(builder: GuichetBuilder): void {
  builder.entity(DeedsDeed, {
    description: 'A deed.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'), heldByAll(EXTERNAL, ({ kind }) => kind === 'CONTACT')],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: everybody }),
      text: t.column('text', { description: 'What it says.', rule: everybody }),
      evidenceId: t.column('evidence_id', { description: 'Of its last signature.', rule: everybody }),
    }),
  });
  builder.useCase('writeDeed', {
    description: 'Writes a deed.',
    rule: everybody,
    input: (t) => ({ text: t.text({ description: 'What it says.', max: 100 }) }),
    run: async (use, { text }) => ({ deed: use.em.create(Row, { text, evidenceId: null }).id }),
    success: (t) => ({ deed: t.loaded(DeedsDeed, 'deed', { description: 'The deed.', rule: everybody }) }),
  });
  builder.useCase('requestDeedCode', {
    description: 'Asks for a code.',
    rule: everybody,
    input: (t) => ({
      deedId: t.globalId(DeedsDeed, { description: 'The deed.' }),
      sha256: t.text({ description: 'Its hash.', max: 64 }),
      phone: t.text({ description: 'Of somebody without a seat.', max: 20, required: false }),
    }),
    guard: (use, { deedId }) => use.authorize('DeedsDeed', deedId, everybody),
    run: async (use, given) => {
      const { expiresAt, phoneMasked } = await use.service(signaturesService).requestCode(use, { ...signingOf(given), name: 'Deed 1' });
      return { expiresAt: expiresAt.toISOString(), phoneMasked };
    },
    success: (t) => ({
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when.', rule: everybody }),
      phoneMasked: t.exposeString('phoneMasked', { description: 'Where it went.', rule: everybody }),
    }),
  });
  builder.useCase('signDeed', {
    description: 'Signs.',
    rule: everybody,
    doesOnce: true,
    input: (t) => ({
      deedId: t.globalId(DeedsDeed, { description: 'The deed.' }),
      sha256: t.text({ description: 'Its hash.', max: 64 }),
      code: t.text({ description: 'The code.', max: 40 }),
      phone: t.text({ description: 'Of somebody without a seat.', max: 20, required: false }),
      failsAfterwards: t.flag({ description: 'Refuses when it has signed.', required: false }),
    }),
    refusals: [signingCodeRefused, invalidTransition],
    guard: (use, { deedId }) => use.authorize('DeedsDeed', deedId, everybody),
    run: async (use, given) => {
      await sign(use, given);
      return { deed: given.deedId };
    },
    success: (t) => ({ deed: t.loaded(DeedsDeed, 'deed', { description: 'The deed.', rule: everybody }) }),
  });
  builder.useCase('signDeedOnPaper', {
    description: 'Writes a signature on paper down.',
    rule: everybody,
    input: (t) => ({ deedId: t.globalId(DeedsDeed, { description: 'The deed.' }), sha256: t.text({ description: 'Its hash.', max: 64 }) }),
    guard: (use, { deedId }) => use.authorize('DeedsDeed', deedId, everybody),
    run: async (use, given) => {
      const signer = { name: 'Old Wang', role: 'DEEDS_SIGNER', onBehalfOf: 'Wang Works' };
      const { evidenceId } = await use.service(signaturesService).recordPaper(use, { ...signingOf(given), signer });
      (await use.em.findOneOrFail(Row, given.deedId)).evidenceId = evidenceId;
      return { deed: given.deedId };
    },
    success: (t) => ({ deed: t.loaded(DeedsDeed, 'deed', { description: 'The deed.', rule: everybody }) }),
  });
}

export const deedsPlugin = defineModule({
  name: 'deeds',
  version: '0.1.0',
  description: 'Deeds that are signed.',
  guichet: '^0.1.0',
  needs: ['signatures'],
  entities: [Row],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([Row.table])).sql }],
  rules: [everybody],
  types: deedTypes,
});
