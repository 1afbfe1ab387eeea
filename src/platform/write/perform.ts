import { GraphQLError } from 'graphql';
import type { Attendance } from '../database/attendance.ts';
import type { ConnectionSource, Connections } from '../database/connections.ts';
import { isRefusedStatement, isTimeout } from '../database/pool.ts';
import { isStorable } from '../database/storable.ts';
import { parseFields } from '../input/input.ts';
import type { Issue } from '../input/input-faults.ts';
import type { Language } from '../language/language.ts';
import { recordEvents } from '../live/event.entity.ts';
import { ConstantError } from '../log/constant.error.ts';
import { mayEverHold, type Seat } from '../permissions/seat.ts';
import { isInside } from '../read/inside.ts';
import type { ReadAhead } from '../read/read-ahead.ts';
import { badRequest, forbidden, inTrouble, tookTooLong, unauthenticated } from '../read/refusal.ts';
import { type DeclaredMutation, KEY_CHARACTERS, type Outcome, refusalsOf, typePrefix } from '../schema/mutation.ts';
import { pluginOff, Refusal, refusalPayload, validationFailed } from '../schema/refusal-type.ts';
import type { Span, Tracer } from '../trace/tracer.ts';
import type { RecordAct } from './act.ts';
import { refuseUnasked } from './asked.ts';
import type { SeatWithin } from './facts-of-now.ts';
import { hashOf, keepOutcome, takeKey } from './idempotency.ts';
import { type Course, type Performing, refusable } from './refusable.ts';
import type { ObserveUseCase } from './use-case.metrics.ts';
import { transactionOf, type UseCase, type UseCaseParts } from './use-case.ts';
import type { Caller } from './use-case-request.ts';

export interface PerformRequest {
  readonly seat: Seat | undefined;
  readonly now: Date;
  readonly language: Language;
  /** Of the seat's token; none where the server itself acts as the seat. */
  readonly sessionId?: string;
  /** From where it was asked for. */
  readonly caller?: Caller;
  /** Whether somebody waits for the outcome; what nobody waits for any more is rolled back. */
  readonly attendance?: Attendance;
  /** When the request began, as `performance.now()` tells it. */
  readonly begun?: number;
  /** Told of the facts of the seat where those of the request are no more: what is answered is read by them. */
  renew?(seat: Seat): void;
}
export interface Performer {
  readonly connections: Connections;
  readonly parts: UseCaseParts;
  /** Milliseconds that a use case has; then it is rolled back. */
  readonly patience: number;
  /** Milliseconds after which the rights of a seat are looked at again before the commit (`FACTS_LAST`). */
  readonly factsLast: number;
  /** The seat with the rights that it has now; undefined where it is no more. */
  seatNow(organizationId: string, id: string, kind: Seat['kind']): Promise<Seat | undefined>;
  /** The same on a transaction that is open already. */
  readonly seatWithin: SeatWithin;
  /** Called after a commit that recorded events, so that they get their numbers and are told. */
  wake(): void;
  /** Called after a commit that started jobs. */
  begun(): void;
  /** Refuses seats that write too much. @throws RATE_LIMITED */
  limit(seat: Seat): Promise<void>;
  /** Whether the database's disk has room. */
  hasRoom(): boolean;
  readonly observe: ObserveUseCase;
  /** Writes down what was done, in the transaction of the doing. */
  readonly record: RecordAct;
  readonly tracer?: Tracer;
}
type Payload = { readonly '@type': string } & Readonly<Record<string, unknown>>;

const isKey = (key: string): boolean =>
  key.length >= 1 && key.length <= 2 * KEY_CHARACTERS && [...key].length <= KEY_CHARACTERS && isStorable(key);

/**
 * Runs one mutation: the earlier answer of its key, what its guard refuses, faults of its input, then its work; one transaction.
 * @param ahead reads the payload's fields in the same transaction.
 * @returns the payload that the result union's fields read.
 */
export async function perform(
  performer: Performer,
  mutation: DeclaredMutation,
  given: Readonly<Record<string, unknown>>,
  request: PerformRequest,
  ahead?: ReadAhead,
): Promise<Payload> {
  const { name } = mutation;
  const begun = performance.now();
  const course: Course = {};
  const work = async (span?: Span): Promise<Payload> => {
    let outcome = 'done';
    try {
      const facts = await (mutation.outside
        ? doneOutside(performer, mutation, given, request)
        : outcomeOf(performer, mutation, given, request, course, ahead));
      return { '@type': `${typePrefix(name)}Success`, ...facts };
    } catch (thrown) {
      const error = amongRefusals(mutation, thrown);
      outcome = codeOf(error);
      if (!(error instanceof Refusal)) throw isTimeout(error) ? tookTooLong() : error;
      return refusalPayload(error, request.language);
    } finally {
      performer.observe(name, outcome, (performance.now() - begun) / 1000, course.use && transactionOf(course.use).statements);
      span?.add({ 'guichet.outcome': outcome });
      if (outcome === 'INTERNAL') span?.fail(outcome);
    }
  };
  return performer.tracer ? performer.tracer.within(`use case ${name}`, {}, work) : work();
}

/** A refusal that the result union does not have cannot be answered: its author is told what to add. */
function amongRefusals(mutation: DeclaredMutation, error: unknown): unknown {
  if (!(error instanceof Refusal) || refusalsOf(mutation).includes(error.type)) return error;
  const fault = `The mutation ${mutation.name} was refused with ${error.type.name}, which it does not name: add it to \`refusals\`.`;
  return new ConstantError(fault, { cause: error });
}

const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.type.code;
  if (isTimeout(error)) return 'LIMIT_EXCEEDED';
  return error instanceof GraphQLError && typeof error.extensions.code === 'string' ? error.extensions.code : 'INTERNAL';
};

async function doneOutside(
  performer: Performer,
  mutation: DeclaredMutation,
  given: Readonly<Record<string, unknown>>,
  request: PerformRequest,
): Promise<Outcome> {
  if (request.seat) await performer.limit(request.seat);
  const issues: Issue[] = [];
  const values = parseFields(mutation.input, given, ['input'], (issue) => issues.push(issue));
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  return mutation.run(request, values, undefined);
}

async function outcomeOf(
  performer: Performer,
  mutation: DeclaredMutation,
  given: Readonly<Record<string, unknown>>,
  request: PerformRequest,
  course: Course,
  ahead: ReadAhead | undefined,
): Promise<Outcome> {
  const { seat } = request;
  if (!seat) throw unauthenticated();
  if (mutation.isPlugin && seat.pluginsOff.has(mutation.module)) throw pluginOff({ plugin: mutation.module });
  await performer.limit(seat);
  if (!performer.hasRoom()) throw inTrouble('full');
  const { idempotencyKey, ...fields } = given as Record<string, unknown> & { idempotencyKey?: string };
  if (typeof idempotencyKey === 'string' && !isKey(idempotencyKey))
    throw badRequest({
      en: `An idempotency key has 1 to ${KEY_CHARACTERS} characters.`,
      'zh-CN': `幂等键须为 1 到 ${KEY_CHARACTERS} 个字符。`,
    });
  const issues: Issue[] = [];
  const values = parseFields(mutation.input, fields, ['input'], (issue) => issues.push(issue));
  let recorded = false;
  const work = async (use: UseCase): Promise<Outcome> => {
    const earlier = idempotencyKey ? await takeKey(use, mutation.name, idempotencyKey, hashOf(fields)) : undefined;
    if (earlier) return earlier;
    if (mutation.isPlugin) await use.holdPlugin(mutation.module);
    const found = await mutation.guard?.(use, values);
    if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
    const done = await mutation.run(use, values, found);
    if (mutation.isPlugin) {
      refuseUnasked(`The mutation ${mutation.name}`, mutation.rule, use);
      if (!isInside(use.seat)) throw forbidden(mutation.rule); // also where the plugin has asked for no window
    }
    await transactionOf(use).flush();
    performer.record(use, { mutation, values, outcome: done, sessionId: request.sessionId });
    if (idempotencyKey) keepOutcome(use, idempotencyKey, done);
    await use.finish();
    recorded = recordEvents(use);
    return done;
  };
  const outcome = await doneAndRead(
    performer,
    {
      ...request,
      seat,
      source: sourceFor(performer, mutation, seat, request),
      again: (old) => seatAgain(performer, mutation, old, request),
    },
    course,
    work,
    ahead,
  );
  if (recorded) performer.wake();
  if (course.use?.begun.length) performer.begun();
  return outcome;
}

async function seatAgain(performer: Performer, { rule }: DeclaredMutation, old: Seat, request: PerformRequest): Promise<Seat> {
  const seat = await performer.seatNow(old.organizationId, old.id, old.kind);
  if (!seat) throw unauthenticated();
  request.renew?.(seat);
  if (!mayEverHold(rule, seat)) throw forbidden(rule);
  return seat;
}

function sourceFor(performer: Performer, mutation: DeclaredMutation, seat: Seat, { attendance }: PerformRequest): ConnectionSource {
  const plugin = mutation.isPlugin ? mutation.module : undefined;
  return performer.connections.for({ organization: seat.organizationId, seat: seat.id, plugin, attendance });
}

/** Reads the payload where the work is done. Where that cannot be read, the work is done again, and the payload read afterwards by parts. */
async function doneAndRead(
  performer: Performer,
  request: Performing,
  course: Course,
  work: (use: UseCase) => Promise<Outcome>,
  ahead: ReadAhead | undefined,
): Promise<Outcome> {
  let texts: Promise<string>[] = [];
  const both = async (use: UseCase): Promise<Outcome> => {
    texts = [];
    const done = await work(use);
    if (ahead) texts = ahead.statements(done).map((statement) => transactionOf(use).readText(statement));
    return done;
  };
  try {
    const done = await refusable(performer, request, course, both);
    return ahead ? ahead.kept(done, await Promise.all(texts)) : done;
  } catch (error) {
    const read = await Promise.allSettled(texts);
    // only what PostgreSQL has refused: where the connection broke, the transaction may be committed
    if (!read.some((one) => one.status === 'rejected' && isRefusedStatement(one.reason))) throw error;
    return refusable(performer, request, course, work);
  }
}
