import {
  EXTERNAL,
  type GuichetBuilder,
  heldToward,
  liveCursor,
  NOTIFIED,
  organizationData,
  refuseSuspended,
  type Seat,
  sql,
  types,
  WINDOW_SUSPENDED,
  way,
} from '../../sdk/index.ts';
import { notifications } from './notification.entity.ts';
import { Notification } from './notification.refs.ts';
import { notificationTopic, streamOf, streamSql } from './notification-stream.ts';
import { textOf } from './notification-text.ts';
import { countUnread } from './notification-unread.ts';
import { notification } from './permissions.ts';

const rule = notification.read;
const forMe = way(notifications, {}, ({ row, seat }) => sql`${row.seat_id} = ${seat.me}`);
/** A suspended window shows its notice and nothing else (spec 5.2). */
const isLetIn = ({ kind, traits }: Seat): boolean => kind === 'CONTACT' && !traits.has(WINDOW_SUSPENDED);

export function notificationTypes(builder: GuichetBuilder): void {
  declareNotification(builder);
  builder.connectionFields(Notification, (t) => ({
    liveCursor: liveCursor(t, { staff: rule, portal: rule, stream: (_, seat) => streamSql(seat) }),
  }));
  builder.queryFields((t) => ({
    notifications: t.entityPages(Notification, {
      description: 'Your inbox, newest first (spec 9.1).',
      rule,
      check: refuseSuspended,
      args: { unread: t.arg.boolean({ description: 'Only what you have not read, or only what you have.', required: false }) },
      listedBy: () => [NOTIFIED, EXTERNAL],
      where: (row, { given, argument }) => (given('unread') ? sql`(${row.read_at} is null) = ${argument('unread', 'boolean')}` : sql`true`),
    }),
    unreadNotifications: t.int({
      description: 'How many notifications you have not read, counted up to 1,000.',
      nullable: true,
      rule,
      resolve: (_, __, { seat, switchboard }) => {
        refuseSuspended(seat);
        return switchboard.service(organizationData).read(seat.organizationId, (transaction) => countUnread(transaction, seat.id));
      },
    }),
  }));
  declareLive(builder);
}

function declareNotification(builder: GuichetBuilder): void {
  builder.entity(Notification, {
    description: 'That something came: what, from whom, about which object. Modules lead to the objects that it can be about.',
    roles: [heldToward(NOTIFIED, [forMe]), heldToward(EXTERNAL, [forMe], isLetIn)],
    listedFor: [NOTIFIED, EXTERNAL],
    filters: { kind: { compares: 'text', column: 'kind', rule, description: 'By kind.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', {
        description: 'What kind of thing came, in capitals; plugins’ carry their prefix. More kinds may come.',
        rule,
      }),
      text: t.field({
        type: 'String',
        description: 'What came, in your language. It tells nothing of an object that you cannot come to any more.',
        rule,
        needs: ['kind', 'count', 'facts', 'subject_type', 'subject_id'],
        resolve: (row, _, context) => textOf(row, context),
      }),
      count: t.column('count', { description: 'How many it stands for: a burst is told as one, which leads to no single object.', rule }),
      at: t.column('at', { description: 'When it happened; of several, the last.', rule }),
      readAt: t.column('read_at', { description: 'When you marked it as read; null while it is unread.', rule }),
      from: t.relation(types.Employee, 'actor_id', {
        description: 'The employee who did it; null where it was a contact, came by itself, or several did.',
        rule: notification.from,
      }),
      employee: t.one(types.Employee, {
        on: (of, employee) => sql`${employee.id} = ${of.subject_id}`,
        description: 'The employee whom it is about, such as one who has left; null where it is about none.',
        rule: notification.from,
      }),
    }),
  });
}

function declareLive(builder: GuichetBuilder): void {
  builder.live('notifications', {
    description: 'Your inbox, live: something came, more of it came, or was marked as read in another place.',
    rule,
    topic: notificationTopic,
    event: 'NotificationsEvent',
    eventDescription: 'Something happened in your inbox.',
    allows: (seat) => {
      refuseSuspended(seat);
      return true;
    },
    stream: (seat) => ({
      stream: streamOf(seat.id),
      payload: ({ subjectId }) => ({ notificationId: subjectId }),
    }),
    fields: (t) => ({
      notification: t.loaded(Notification, 'notificationId', { description: 'The notification as it is now.', rule }),
      unread: t.int({
        description: 'How many notifications you have not read now, counted up to 1,000.',
        rule,
        resolve: (_, __, { seat, switchboard }) =>
          switchboard.service(organizationData).read(seat.organizationId, (transaction) => countUnread(transaction, seat.id)),
      }),
    }),
  });
}
