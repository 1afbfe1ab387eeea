import type { Seat } from '../permissions/seat.ts';
import { badRequest } from '../read/refusal.ts';
import type { NamedSubscription } from '../schema/subscription.ts';
import { type Audience, type AudienceParts, assertFollows } from './audience.ts';
import type { LiveCursors } from './live-cursor.ts';
import { followed } from './live-reach.ts';
import { LiveStream } from './live-stream.ts';

interface Follower {
  readonly token: string;
  readonly seat: Seat;
}

/**
 * Begins to follow. Events are answered once the stream has a question.
 * @throws FORBIDDEN, BAD_REQUEST, RESYNC_REQUIRED, or what the subscription says of why not
 */
export async function follow(
  audience: Audience,
  { hub, cursors, reaches }: Pick<AudienceParts, 'hub' | 'cursors' | 'reaches'>,
  subscription: NamedSubscription,
  args: Readonly<Record<string, unknown>>,
  { token, seat }: Follower,
): Promise<LiveStream> {
  assertFollows(subscription, seat);
  const request = subscription.stream(seat, args);
  const after = placeOf(cursors, args.after, seat, request.stream);
  const about = subscription.about && (args[subscription.about.arg] as string);
  const object = followed({ about, subscription });
  if (object && !(await reaches({ seat, ...object })))
    throw badRequest({ en: 'There is nothing to follow under this id.', 'zh-CN': '该编号下没有可订阅的内容。' });
  const { id: seatId, organizationId } = seat;
  const stream = new LiveStream({ token, seatId, organizationId, subscription, request, about }, audience);
  stream.feed = await hub.join(organizationId, request.stream, stream, after);
  audience.enter(stream);
  return stream;
}

function placeOf(cursors: LiveCursors, after: unknown, seat: Seat, stream: string): number | undefined {
  if (after == null) return undefined;
  const place = cursors.open(String(after), seat.id, stream);
  if (place === undefined)
    throw badRequest({ en: 'This cursor does not belong to this seat and stream.', 'zh-CN': '该游标不属于此席位及事件流。' });
  return place;
}
