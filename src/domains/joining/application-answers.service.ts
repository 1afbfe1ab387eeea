import { Refusal, type UseCase } from '../../sdk/index.ts';
import { countPhoneAnswers, phoneAnswersLeft, phoneBelongsToEmployee } from '../contacts/index.ts';
import { joinApplications } from './join-application.entity.ts';
import { phoneAnswersSpent } from './joining.errors.ts';

interface Applied {
  readonly phone: string;
  readonly phoneProven: boolean;
}

/**
 * That an unproven phone is known is an answer like any other (spec 3.4): else whoever decides could apply with any number, and be told. Of one
 * that is proven its holder asks to be known.
 */
class PhoneAnswers {
  readonly #use: UseCase;
  readonly #most: number;
  #told = 0;
  constructor(use: UseCase, most: number) {
    this.#use = use;
    this.#most = most;
  }

  /** Does what tells whether a phone is known. @throws PhoneAnswersSpent before it is looked up, where nothing may be told any more */
  async telling<Found extends { readonly known: string | undefined }>(
    { phoneProven }: Applied,
    look: () => Promise<Found>,
  ): Promise<Found> {
    if (phoneProven) return look();
    if (this.#told >= this.#most) throw phoneAnswersSpent({});
    try {
      const found = await look();
      if (found.known) this.#told++;
      return found;
    } catch (error) {
      if (error instanceof Refusal && error.type.name === phoneBelongsToEmployee.name) this.#told++;
      throw error;
    }
  }
  count = (): void => countPhoneAnswers(this.#use, this.#told);
}

/** What the seat may still be told today, before any phone is looked up. */
export async function answersFor(use: UseCase, ids: readonly string[]): Promise<PhoneAnswers> {
  const unproven = await use
    .on(joinApplications)
    .selectFrom('join_applications')
    .select('id')
    .where('id', 'in', [...ids])
    .where('phone_proven', '=', false)
    .limit(1)
    .executeTakeFirst();
  return new PhoneAnswers(use, unproven ? await phoneAnswersLeft(use) : 0);
}
