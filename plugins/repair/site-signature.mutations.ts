import { type GuichetBuilder, invalid, invalidTransition, signaturesService, signingCodeRefused, type UseCase } from '@guichet/sdk';
import { holdOrder, type Order, orderOf } from './order.service.ts';
import { repair } from './permissions.ts';
import { hashOf, shownToSigner, signOff } from './sign-off.service.ts';
import { findSignature, signatureId } from './signature.input.ts';
import { repairId, success } from './triage.mutations.ts';

const rule = repair.work;
/** What is signed: this repair, as it was shown. @throws ValidationFailed where nobody is known at the site */
async function signingOf(use: UseCase, order: Order) {
  const { id, siteContactPhone: phone } = order;
  if (!phone)
    throw invalid(['input', 'repairId'], 'NO_SITE_CONTACT', {
      en: 'No phone of somebody at the site is known.',
      'zh-CN': '未登记现场联系人电话。',
    });
  const sha256 = hashOf(await shownToSigner(use, order));
  return { purpose: 'REPAIR_SIGN_OFF', subject: { type: 'RepairOrder', id }, sha256, phone };
}

/** Where the customer is absent, whoever is at the site signs, by a code that is sent to their phone and that they read out to the technician. */
export function siteSignatureMutations(builder: GuichetBuilder): void {
  builder.useCase('requestSiteSignature', {
    description: 'Sends a code to the phone of the contact at the site: it signs the work that is done.',
    rule,
    input: (t) => ({ repairId: repairId(t) }),
    refusals: [invalidTransition],
    guard: (use, given) => holdOrder(use, 'signOffAtSite', given.repairId),
    run: async (use, { repairId: id }) => {
      const order = await orderOf(use, id);
      const { expiresAt, phoneMasked } = await use
        .service(signaturesService)
        .requestCode(use, { ...(await signingOf(use, order)), name: order.number });
      return { repair: id, expiresAt: expiresAt.toISOString(), phoneMasked };
    },
    success: (t) => ({
      ...success(t as never),
      phoneMasked: t.string({
        nullable: true,
        description: 'Where it was sent, in part; null on a retry.',
        rule,
        resolve: ({ phoneMasked }) => phoneMasked ?? null,
      }),
      expiresAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'Until when it is good; null on a retry.',
        rule,
        resolve: ({ expiresAt }) => expiresAt ?? null,
      }),
    }),
  });
  builder.useCase('signOffAtSite', {
    description: 'The contact at the site signs the work that is done, by the code that came to their phone.',
    rule,
    doesOnce: true,
    input: (t) => ({
      repairId: repairId(t),
      signerName: t.name({ description: 'Who signs.', max: 100 }),
      signatureId: signatureId(t),
      code: t.text({ description: 'The code that they have read out.', min: 1, max: 40 }),
    }),
    refusals: [invalidTransition, signingCodeRefused],
    guard: async (use, given) => {
      await findSignature(use, given);
      await holdOrder(use, 'signOffAtSite', given.repairId, { withForm: true });
    },
    run: async (use, { repairId: id, code, ...signed }) => {
      const order = await orderOf(use, id);
      const signer = { name: signed.signerName, role: 'SITE_CONTACT' };
      await use.service(signaturesService).sign(use, { ...(await signingOf(use, order)), signer, code }, ['input', 'code']);
      await signOff(use, order, 'SITE_CONTACT', signed);
      return { repair: id };
    },
    success,
  });
}
