import { setTimeout } from 'node:timers/promises';
import { badRequest, forbidden } from '../graphql/read/refusal.ts';
import type { NamedSubscription, StreamRequest } from '../graphql/schema/subscription.ts';
import { mayEverHold, type Seat } from '../permissions/seat.ts';
import type { LiveCursors } from './live-cursor.ts';
import type { LiveHub } from './live-hub.ts';
import { ASK_AGAIN } from './subscriber.ts';

const CLOSING_MILLISECONDS = 2_000;

export interface Follower {
  readonly hub: LiveHub;
  readonly cursors: LiveCursors;
  /** Aborts when nobody reads the subscription any more. */
  readonly signal: AbortSignal;
  /** The seat with its rights of now, which the request's context reads under from here on; undefined where it has ended. */
  refresh(): Promise<Seat | undefined>;
  /** Whether the seat can come to the object that the subscription is about. */
  canReach(type: string, id: string): Promise<boolean>;
}

/** Events of a subscription as its fields read them. Rights are asked before each sending and in between: it ends soon after they are lost (promise 2). */
export async function* follow(
  follower: Follower,
  subscription: NamedSubscription,
  args: Readonly<Record<string, unknown>>,
  seat: Seat,
): AsyncGenerator<unknown, void, void> {
  if (!mayFollow(subscription, seat)) throw forbidden();
  const { stream, about } = subscription;
  const request = stream(seat, args);
  const after = placeOf(follower.cursors, args.after, seat, request);
  const subject = about && (args[about.arg] as string);
  const reaches = async (): Promise<boolean> => !about || follower.canReach(about.type, subject as string);
  if (!(await reaches())) throw badRequest('There is nothing to follow under this id.');
  for await (const event of follower.hub.events(seat.organizationId, request.stream, after, follower.signal)) {
    const now = await follower.refresh();
    if (!now) return closed(follower.signal);
    if (!mayFollow(subscription, now)) return;
    if (event !== ASK_AGAIN && !request.wants(event, now)) continue;
    if (!(await reaches())) return;
    if (event === ASK_AGAIN) continue;
    yield { kind: event.kind, ...request.payload(event), at: event.at, cursor: follower.cursors.seal(event.seq, seat.id, request.stream) };
  }
}

/** The schema asks for rule and plugin when the subscription begins, and never again. */
const mayFollow = ({ rule, module, allows }: NamedSubscription, seat: Seat): boolean =>
  mayEverHold(rule, seat) && !seat.pluginsOff.has(module) && (allows?.(seat) ?? true);

/** A seat that has ended has its sockets closed with 4403: a client that sees its subscription complete first would leave by itself and not learn why. */
const closed = (signal: AbortSignal): Promise<void> => setTimeout(CLOSING_MILLISECONDS, undefined, { signal, ref: false }).catch(() => {});

function placeOf(cursors: LiveCursors, after: unknown, seat: Seat, { stream }: StreamRequest): number | undefined {
  if (after == null) return undefined;
  const place = cursors.open(String(after), seat.id, stream);
  if (place === undefined) throw badRequest('This cursor does not belong to this seat and stream.');
  return place;
}
