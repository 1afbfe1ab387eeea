import { entityRef } from '../../sdk/index.ts';
import { notifications } from './notification.entity.ts';

export const Notification = entityRef('Notification', notifications);
