import { randomUUID } from 'node:crypto';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { mayEverHold, type Seat } from '../permissions/seat.ts';
import { classOf } from '../permissions/seat-class.ts';
import { isInside } from '../read/inside.ts';
import { forbidden } from '../read/refusal.ts';
import type { LiveEvent, NamedSubscription } from '../schema/subscription.ts';
import type { LiveCursors } from './live-cursor.ts';
import type { LiveHub } from './live-hub.ts';
import { type Question, Questions } from './live-question.ts';
import { amongReaching, followed, isWanted, keptOf, type Present, type ReachAsked, type Reaching, subjectOf } from './live-reach.ts';
import type { LiveStream, StreamKeeper } from './live-stream.ts';

/** Stands in an answer where each subscriber has a cursor of its own. */
export const OWN_CURSOR = randomUUID();
/** A seat that has ended has its sockets closed with 4403: a client that sees its subscription complete first would leave by itself and not learn why. */
const CLOSING_MILLISECONDS = 2_000;
/** In this time everybody who follows is asked once whether they still may (promise 2): some at a time, so that nobody waits for all. */
const ROUND_MILLISECONDS = 500;
const STEPS = 10;

export interface AudienceParts {
  readonly hub: LiveHub;
  readonly cursors: LiveCursors;
  /** The seat of a token with its rights of now; undefined where it has ended. */
  seatOf(token: string): Promise<Seat | undefined>;
  readonly reaching: Reaching;
  /** The same for one that is asked alone. */
  reaches(asked: ReachAsked): Promise<boolean>;
  /** Answers seats of one class with one payload, by their ids: one execution for those whose answers are the same. */
  answer(question: Question, payload: object, seats: readonly Seat[]): Promise<ReadonlyMap<string, ExecutionResult>>;
  onError(error: unknown): void;
}
/**
 * Whether a seat may follow at all. The schema asks for rule and plugin when the subscription begins, and never again.
 * @throws what the subscription says of why not, such as WINDOW_SUSPENDED
 */
export const assertFollows = ({ rule, module, allows = isInside }: NamedSubscription, seat: Seat): void => {
  if (!mayEverHold(rule, seat) || seat.pluginsOff.has(module) || !allows(seat)) throw forbidden(rule);
};
/** The same, asked before each sending. */
const mayFollow = (subscription: NamedSubscription, seat: Seat): boolean => {
  try {
    assertFollows(subscription, seat);
    return true;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    throw error;
  }
};

/** All who follow in this process. Events are read and told under the rights of the moment of sending, once for all who are told the same. */
export class Audience implements StreamKeeper {
  readonly questions = new Questions();
  readonly #parts: AudienceParts;
  readonly #streams = new Set<LiveStream>();
  #ready: LiveStream[] = [];
  #watch: NodeJS.Timeout | undefined;
  /** Those of one session together: they ask much the same. */
  #due: LiveStream[][] = [];
  #size = 1;
  #isAsking = false;
  constructor(parts: AudienceParts) {
    this.#parts = parts;
  }

  enter(stream: LiveStream): void {
    this.#streams.add(stream);
    this.#watch ??= setInterval(() => void this.#askSome(), ROUND_MILLISECONDS / STEPS).unref();
  }
  left(stream: LiveStream): void {
    this.#streams.delete(stream);
    if (stream.feed) this.#parts.hub.leave(stream.feed, stream);
    if (stream.question) this.questions.giveBack(stream.question);
    if (this.#streams.size > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }
  ready(stream: LiveStream): void {
    if (this.#ready.push(stream) === 1) setImmediate(() => this.#tell());
  }
  catchUp(stream: LiveStream): void {
    this.#parts.hub.catchUp(stream.feed!, stream).then(
      (isDone) => {
        stream.isCaughtUp = isDone;
        stream.pass();
      },
      (error: unknown) => stream.fail(error),
    );
  }

  /** Those who asked the same and are told of the same event are answered together. */
  #tell(): void {
    const groups = new Map<LiveEvent, Map<Question, LiveStream[]>>();
    for (const stream of this.#ready.splice(0)) {
      const event = taken(stream);
      if (!event) continue;
      this.#parts.hub.taken(event);
      const same = groups.get(event) ?? new Map<Question, LiveStream[]>();
      groups.set(event, same);
      const question = stream.question!;
      const streams = same.get(question);
      if (streams) streams.push(stream);
      else same.set(question, [stream]);
    }
    for (const [event, same] of groups)
      for (const [question, streams] of same)
        this.#tellOf(event, question, streams).catch((error: unknown) => {
          for (const stream of streams) stream.fail(error);
        });
  }

  async #tellOf(event: LiveEvent, question: Question, streams: readonly LiveStream[]): Promise<void> {
    const concerned = await this.#reachSubject(event, keptOf(await this.#present(streams), isWanted(event)));
    const groups = Map.groupBy(
      concerned,
      ({ stream, seat }) => `${JSON.stringify(stream.following.request.payload(event))} ${classOf(seat)}`,
    );
    const answered = [...groups.values()].map((alike) =>
      this.#answer(event, question, alike).catch((error: unknown) => {
        for (const { stream } of alike) stream.fail(error);
      }),
    );
    await Promise.all(answered);
  }

  /** What is read for those who turn out not to reach the object any more is thrown away. */
  async #answer(event: LiveEvent, question: Question, alike: readonly Present[]): Promise<void> {
    const { kind, at } = event;
    const payload = { kind, ...alike[0]!.stream.following.request.payload(event), at, cursor: OWN_CURSOR };
    const seats = [...new Map(alike.map(({ seat }) => [seat.id, seat])).values()];
    const [answers, reached] = await Promise.all([this.#parts.answer(question, payload, seats), this.#reached(alike)]);
    const own = new Map<string, ExecutionResult>();
    for (const { stream } of reached) {
      const { seatId, request } = stream.following;
      const answer = own.get(seatId) ?? withCursor(answers.get(seatId)!, this.#parts.cursors.seal(event.seq, seatId, request.stream));
      own.set(seatId, answer);
      stream.give(answer);
    }
  }

  /** Those whose seats are still there and may follow; the others end. */
  async #present(streams: readonly LiveStream[]): Promise<Present[]> {
    const tokens = [...new Set(streams.map(({ following }) => following.token))];
    const seats = new Map(await Promise.all(tokens.map(async (token) => [token, await this.#parts.seatOf(token)] as const)));
    return streams.flatMap((stream) => {
      const seat = seats.get(stream.following.token);
      if (seat && mayFollow(stream.following.subscription, seat)) return [{ stream, seat }];
      if (seat) stream.end();
      else setTimeout(() => stream.end(), CLOSING_MILLISECONDS).unref();
      return [];
    });
  }
  /** Those who can still come to the object that they follow; the others end. */
  #reached = (all: readonly Present[]): Promise<Present[]> => amongReaching(this.#parts.reaching, all, followed, (stream) => stream.end());

  /**
   * What is addressed to nobody goes to those who can come to what it is about (spec 2.5), whatever else the author of the subscription says.
   * Who follows that object alone is asked of it anyway.
   */
  #reachSubject = (event: LiveEvent, all: readonly Present[]): Promise<Present[]> =>
    amongReaching(this.#parts.reaching, all, subjectOf(event), (stream) => stream.pass());

  async #askSome(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      if (this.#due.length === 0) {
        this.#due = [...Map.groupBy(this.#streams, ({ following }) => following.token).values()];
        this.#size = Math.ceil(this.#due.length / STEPS);
      }
      // What is on its way is asked on its way.
      const some = this.#due
        .splice(-this.#size)
        .flat()
        .filter(({ isIdle }) => isIdle);
      await this.#reached(await this.#present(some));
    } catch (error) {
      this.#parts.onError(error);
    } finally {
      this.#isAsking = false;
    }
  }
}

function taken(stream: LiveStream): LiveEvent | undefined {
  if (stream.isOver) return undefined;
  try {
    return stream.take();
  } catch (error) {
    stream.fail(error);
    return undefined;
  }
}

/** The cursor is a field of the event itself, under whatever names it was asked for. */
function withCursor(answer: ExecutionResult, cursor: string): ExecutionResult {
  const [[root, event] = ['', undefined]] = Object.entries((answer.data ?? {}) as Record<string, Record<string, unknown> | null>);
  const names = Object.keys(event ?? {}).filter((name) => event?.[name] === OWN_CURSOR);
  if (names.length === 0) return answer;
  const own = { ...event };
  for (const name of names) own[name] = cursor;
  return { ...answer, data: { [root]: own } };
}
