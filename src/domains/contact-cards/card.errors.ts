import { invalid, refusalType } from '../../sdk/index.ts';

export const cardsAreNotRead = refusalType('CardsAreNotRead', {
  description: 'Nothing reads business cards here: no plugin does, or those that do are switched off (spec 3.11).',
  message: { en: 'Business cards are not read in your organization.', 'zh-CN': '贵企业未启用名片识别。' },
});

export const cardUsed = () =>
  invalid(['input', 'cardId'], 'CARD_USED', {
    en: 'This card belongs to a contact already: its picture stays there.',
    'zh-CN': '此名片已属于某位联系人，图片将一直保留。',
  });
