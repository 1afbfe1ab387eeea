import { EXTERNAL, NOTIFIED, rule } from '../../sdk/index.ts';

export const notification = {
  read: rule('notification.read', { roles: [NOTIFIED, EXTERNAL], description: 'Whom the notification is for, and nobody else.' }),
  from: rule('notification.from', {
    roles: [NOTIFIED],
    description: 'The employee whom the notification is for; contacts are not told who acted inside.',
  }),
};
