import { refusalType } from '../../sdk/index.ts';

export const shareAlreadyRequested = refusalType<{ again: Date | null }>('ShareAlreadyRequested', {
  description: 'You have asked for a share of this contact already (spec 3.4).',
  message: {
    en: 'You have asked for this contact already. You can ask again a week after a refusal.',
    'zh-CN': '您已申请共享该联系人。被拒绝一周后可再次申请。',
  },
  fields: { again: { type: 'DateTime', description: 'When you may ask again; null while nobody has decided.' } },
});

export const shareRequestDecided = refusalType<{ request: string }>('ShareRequestDecided', {
  description: 'The request was decided before.',
  message: { en: 'This request has been decided already.', 'zh-CN': '该共享申请已处理。' },
  fields: { request: { type: 'ContactShareRequest', object: true, description: 'The request as it is now.' } },
});
