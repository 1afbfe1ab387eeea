import { refusalType } from '@guichet/sdk';
import type { TextChange } from './text-diff.rules.ts';

/** What was shown is not what is to be signed. */
export const contractChanged = refusalType<{ current: string; changes: readonly TextChange[] }>('ContractChanged', {
  description: 'The hash is not that of the version that is to be signed: look at what has changed, then sign that.',
  message: { en: 'The contract has changed since it was shown to you.', 'zh-CN': '合同内容已变更，请重新查看后再签署。' },
  fields: {
    current: { type: 'ContractVersion', object: true, description: 'What is to be signed.' },
    changes: { type: '[ContractTextChange]', description: 'What has changed, line by line, where both are texts.' },
  },
});
/** The time to sign is over, though nobody has noted it yet. */
export const contractSigningOver = refusalType<{ expiredAt: Date }>('ContractSigningOver', {
  description: 'The time to sign is over; whoever drafted the contract may give more.',
  message: { en: 'The time to sign is over.', 'zh-CN': '签署期限已过。' },
  fields: { expiredAt: { type: 'DateTime', description: 'When it ended.' } },
});
/** Somebody else comes first, or the seat has signed. */
export const contractNotYourTurn = refusalType('ContractNotYourTurn', {
  description: 'Somebody else signs before you, or you have signed.',
  message: { en: 'It is not your turn to sign.', 'zh-CN': '尚未轮到您签署。' },
});
