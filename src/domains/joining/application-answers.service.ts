import { Refusal, type UseCase } from '../../sdk/index.ts';
import { ANSWERS_WITHIN, MOST_PHONE_ANSWERS, phoneBelongsToEmployee } from '../contacts/index.ts';
import { applicationAnswers, joinApplications } from './join-application.entity.ts';
import { phoneAnswersSpent } from './joining.errors.ts';

interface Applied {
  readonly id: string;
  readonly phone: string;
  readonly phoneProven: boolean;
}

/**
 * That an unproven phone is known is an answer (spec 3.4): else whoever decides could apply with any number, and be told. Of one that is proven
 * its holder asks to be known. These answers have a budget of their own, and one phone is told without end once it was told: anybody can send
 * applications, and must not use up what the seat may ask by itself.
 */
class PhoneAnswers {
  readonly #use: UseCase;
  /** Phones that the seat was told to be known. */
  readonly #told: Set<string>;
  #left: number;
  readonly #fresh: string[] = [];
  constructor(use: UseCase, told: Set<string>, left: number) {
    this.#use = use;
    this.#told = told;
    this.#left = left;
  }

  /** Does what tells whether a phone is known. @throws PhoneAnswersSpent before it is looked up, where nothing may be told any more */
  async telling<Found extends { readonly known: string | undefined }>(applied: Applied, look: () => Promise<Found>): Promise<Found> {
    if (applied.phoneProven || this.#told.has(applied.phone)) return look();
    if (this.#left <= 0) throw phoneAnswersSpent({});
    try {
      const found = await look();
      if (found.known) this.#tell(applied);
      return found;
    } catch (error) {
      if (error instanceof Refusal && error.type.name === phoneBelongsToEmployee.name) this.#tell(applied);
      throw error;
    }
  }
  #tell({ id, phone }: Applied): void {
    this.#told.add(phone);
    this.#fresh.push(id);
    this.#left--;
  }
  /** Keeps what the use case is about to tell. */
  keep(): void {
    const { seat, now } = this.#use;
    const rows = this.#fresh.map((id) => ({ application_id: id, seat_id: seat.id, at: now }));
    if (rows.length) this.#use.on(applicationAnswers).add(rows);
  }
}

/** What the seat was told, and may still be told today, before any phone is looked up. */
export async function answersFor(use: UseCase, ids: readonly string[]): Promise<PhoneAnswers> {
  const unproven = await use
    .on(joinApplications)
    .selectFrom('join_applications')
    .select('phone')
    .distinct()
    .where('id', 'in', [...ids])
    .where('phone_proven', '=', false)
    .execute();
  if (unproven.length === 0) return new PhoneAnswers(use, new Set(), 0);
  await use.takeTurn(`application-answers:${use.seat.id}`);
  const since = new Date(use.now.getTime() - ANSWERS_WITHIN);
  const phones = unproven.map(({ phone }) => phone);
  const told = await toldPhones(use, since, phones);
  const today = told.filter(({ last }) => last > since).length;
  return new PhoneAnswers(use, new Set(told.map(({ phone }) => phone)), MOST_PHONE_ANSWERS - today);
}

/** Phones that the seat was told to be known: since a moment, or, of these, ever. */
const toldPhones = (use: UseCase, since: Date, phones: readonly string[]) =>
  use
    .on(applicationAnswers, joinApplications)
    .selectFrom('application_answers as answer')
    .innerJoin('join_applications as of', 'of.id', 'answer.application_id')
    .select((row) => ['of.phone', row.fn.max('answer.at').as('last')])
    .where('answer.seat_id', '=', use.seat.id)
    .where((row) => row.or([row('answer.at', '>', since), row('of.phone', 'in', phones)]))
    .groupBy('of.phone')
    .execute();
