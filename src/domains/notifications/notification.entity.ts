import { type NotifiedFacts, refs, tenantEntity } from '../../sdk/index.ts';

/** What a seat was told (spec 9.1). It keeps which object it is about, and nothing of what that is. */
export const Notification = tenantEntity(
  'notifications',
  (t) => ({
    seatId: t.uuid(),
    seatKind: t.oneOf('EMPLOYEE', 'CONTACT'),
    kind: t.text(),
    /** GraphQL type of what it is about; null where it is about nothing, or about several. */
    subjectType: t.text().nullable(),
    subjectId: t.uuid().nullable(),
    /** Who did it, where it was an employee. */
    actorId: t.idOf(() => refs.Employee).nullable(),
    facts: t.json<NotifiedFacts>().defaultRaw(`'{}'`),
    /** How many it stands for. */
    count: t.integer().default(1),
    /** It stands for a burst, and what comes of its kind in the next minutes is added to it. */
    gathers: t.boolean().default(false),
    /** What it was made from: no seat is told of one thing twice. */
    sourceId: t.uuid(),
    /** Its place among the things that were announced together. */
    sourcePlace: t.integer().default(0),
    at: t.timestamptz(),
    readAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      notifications_of_seat: { columns: ['seatId', '-id'] },
      notifications_unread: { columns: ['seatId', '-id'], where: 'read_at is null' },
      notifications_once: { columns: ['seatId', 'kind', 'sourceId', 'sourcePlace'], unique: true },
      notifications_age: { columns: ['at'] },
    },
  },
);
export const notifications = Notification.table;
