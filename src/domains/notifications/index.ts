export { KnownSeats } from './known-seats.ts';
export { type LoadedNotificationKind, loadedKind, subjectSight } from './making.parts.ts';
export { notificationsModule } from './module.ts';
export { notingListeners } from './notice.service.ts';
export { NotificationMaker } from './notification-maker.ts';
export { notification } from './permissions.ts';
