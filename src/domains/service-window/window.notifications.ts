import { contactInvited, notificationKind, notificationKinds, register } from '../../sdk/index.ts';

const invited = notificationKind({
  kind: 'WINDOW_INVITED',
  description: { en: 'You were invited to the service window.', 'zh-CN': '您被邀请加入企业服务窗。' },
  on: contactInvited,
  for: ['CONTACT'],
  to: (_, { contactId }) => [{ id: contactId, kind: 'CONTACT' }],
  text: () => ({ en: 'You were invited to the service window.', 'zh-CN': '您已被邀请加入企业服务窗。' }),
});

export const windowNotifications = [register(notificationKinds, invited)];
