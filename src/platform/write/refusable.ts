import type { ConnectionSource } from '../database/connections.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import type { Seat } from '../permissions/seat.ts';
import { tookTooLong } from '../read/refusal.ts';
import { Refusal } from '../schema/refusal-type.ts';
import { FactsInDoubtError, MOST_BEGINNINGS, type SeatWithin, sureOfFacts } from './facts-of-now.ts';
import { inUseCase } from './in-use-case.ts';
import { UseCase, type UseCaseParts } from './use-case.ts';
import type { UseCaseRequest } from './use-case-request.ts';

interface RefusablePerformer {
  readonly parts: UseCaseParts;
  /** Milliseconds that a use case has. */
  readonly patience: number;
  /** Milliseconds after which the rights of a seat are looked at again before the commit. */
  readonly factsLast: number;
  readonly seatWithin: SeatWithin;
}
/** What is known of a use case while it goes on. */
export interface Course {
  use?: UseCase;
}

/** A request of a seat with where its connections come from. */
export type Performing = UseCaseRequest & {
  readonly source: ConnectionSource;
  /** When what is known of the seat was last sure, as `performance.now()` tells it; now by default. */
  readonly begun?: number;
  /**
   * The seat with the facts of now, on a connection of its own; none where it is the server itself.
   * @throws where it may not go on
   */
  readonly again?: (seat: Seat) => Promise<Seat>;
};

/** A unique index, and an exclusion constraint. */
const TAKEN: readonly (string | undefined)[] = ['23505', '23P01'];
/** What is violated and the use case has a refusal for (`refuseTaken`). */
const refusalOf = (error: unknown, use: UseCase | undefined): unknown => {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return (TAKEN.includes(code) && constraint && use?.conflicts.get(constraint)?.()) || error;
};

/** Begun again with the facts of now where those that it was decided by may be no more. They are found when it holds no connection. */
export async function refusable<T>(
  performer: RefusablePerformer,
  request: Performing,
  course: Course,
  work: (use: UseCase) => Promise<T>,
): Promise<T> {
  for (let current = { begun: performance.now(), ...request }, beginning = 1; ; beginning++) {
    try {
      return await inOneGo(performer, current, course, work);
    } catch (error) {
      if (!(error instanceof FactsInDoubtError && current.again)) throw error;
      if (beginning === MOST_BEGINNINGS) throw tookTooLong();
      const begun = performance.now();
      current = { ...current, seat: await current.again(current.seat), begun };
    }
  }
}

/** One transaction; where it is refused, what must stand all the same is done in a second one, when the first holds no connection any more. */
async function inOneGo<T>(
  performer: RefusablePerformer,
  request: Performing & { readonly begun: number },
  course: Course,
  work: (use: UseCase) => Promise<T>,
): Promise<T> {
  let attempts = 0;
  const run = async (transaction: Transaction): Promise<T> => {
    const isAnother = attempts++ > 0; // as of those that met a lock: it may wait where nobody awaits an answer
    course.use = new UseCase(request, transaction, performer.parts);
    const done = await work(course.use);
    const { again, seat, begun } = request;
    const isLate = isAnother || performance.now() - begun >= performer.factsLast;
    if (again && isLate) await sureOfFacts(seat, transaction, performer.seatWithin);
    return done;
  };
  try {
    return await inTransaction(request.source, request.seat.organizationId, run, performer.patience);
  } catch (thrown) {
    const error = refusalOf(thrown, course.use);
    const lasting = error instanceof Refusal ? (course.use?.lasting ?? []) : [];
    if (lasting.length === 0) throw error;
    await inTransaction(request.source, request.seat.organizationId, async (transaction) => {
      for (const of of lasting) await inUseCase(request, transaction, performer.parts, of);
    });
    throw error;
  }
}
