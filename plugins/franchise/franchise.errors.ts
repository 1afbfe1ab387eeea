import { refusalType } from '@guichet/sdk';

/** Somebody else has the territory: by whom, nobody is told. */
export const franchiseTerritoryNotAvailable = refusalType('FranchiseTerritoryNotAvailable', {
  description: 'The territory has no place left.',
  message: { en: 'This territory is not available.', 'zh-CN': '该区域不可用。' },
});
/** It is too early to sign. */
export const franchiseTooEarly = refusalType<{ earliestOn: string }>('FranchiseTooEarly', {
  description: 'The days that the law wants between disclosure and signing are not over.',
  message: { en: 'The law does not let this be signed yet.', 'zh-CN': '未满法定期限，暂不能签约。' },
  fields: { earliestOn: { type: 'Date', description: 'The first lawful day, by the organization’s clocks.' } },
});
/** The same person was rejected for the brand, not long ago. */
export const franchiseReapplyLater = refusalType<{ from: string }>('FranchiseReapplyLater', {
  description: 'An application of this contact for the brand was rejected: another one can be made later.',
  message: { en: 'You can apply for this brand again later.', 'zh-CN': '暂时不能再次申请该品牌。' },
  fields: { from: { type: 'Date', description: 'From when on.' } },
});
/** There is one that is not over. */
export const franchiseAppliedAlready = refusalType('FranchiseAppliedAlready', {
  description: 'The contact has an application for this brand that is not over.',
  message: { en: 'You have applied for this brand already.', 'zh-CN': '您已申请该品牌。' },
});
/** Scores and votes are given once. */
export const franchiseDecidedAlready = refusalType('FranchiseDecidedAlready', {
  description: 'The seat has scored the application, or has decided about it: that is done once.',
  message: { en: 'You have said what you think of it already.', 'zh-CN': '您已评分或表决。' },
});
