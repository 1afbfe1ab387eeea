import { rateLimited, type UseCase } from '../../sdk/index.ts';
import { ANSWERS_WITHIN, MOST_PHONE_ANSWERS, retryAfter } from './contact.rules.ts';
import { phoneAnswers } from './phone-answer.entity.ts';

/**
 * Refuses to say anything about a phone where the seat has had its answers of the day. Asked before the phone is looked up, so that the
 * refusal itself tells nothing.
 * @throws RATE_LIMITED with `retryAfter` in seconds (spec 3.4)
 */
export async function mayAskAboutPhones(use: UseCase): Promise<void> {
  const since = new Date(use.now.getTime() - ANSWERS_WITHIN);
  const answers = await use
    .on(phoneAnswers)
    .selectFrom('phone_answers')
    .select('at')
    .where('seat_id', '=', use.seat.id)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(MOST_PHONE_ANSWERS)
    .execute();
  if (answers.length < MOST_PHONE_ANSWERS) return;
  throw rateLimited(
    { en: 'You have been told about enough phones for today.', 'zh-CN': '今天查询的号码已达上限。' },
    retryAfter(answers.at(-1)!.at, use.now),
  );
}

/** How many more phones the seat may be told to be known today. Asked once for several, before any is looked up; others wait until the end. */
export async function phoneAnswersLeft(use: UseCase): Promise<number> {
  await use.takeTurn(`phone-answers:${use.seat.id}`);
  const { told } = await use
    .on(phoneAnswers)
    .selectFrom('phone_answers')
    .select((of) => of.fn.countAll<string>().as('told'))
    .where('seat_id', '=', use.seat.id)
    .where('at', '>', new Date(use.now.getTime() - ANSWERS_WITHIN))
    .executeTakeFirstOrThrow();
  return Math.max(0, MOST_PHONE_ANSWERS - Number(told));
}
/** Counts answers that are given where the use case is done. */
export function countPhoneAnswers(use: UseCase, count: number): void {
  const rows = Array.from({ length: count }, () => ({ id: use.newId(), seat_id: use.seat.id, at: use.now }));
  if (count) use.on(phoneAnswers).add(rows);
}

/**
 * Whether a seat may be told which phones of a table are known: all of them, or none, and then its answers of the day are used up.
 * @param known how many are; not asked where no answer is left, so that the refusal tells nothing
 */
export async function mayTellOfPhones(use: UseCase, known: () => Promise<number>): Promise<boolean> {
  const left = await phoneAnswersLeft(use);
  if (left === 0) return false;
  const count = await known();
  countPhoneAnswers(use, Math.min(count, left));
  return count <= left;
}

/** Counts the answer that a phone is known, which the refusal of this use case is about to give. Two answers at once take turns. */
export function countPhoneAnswer(use: UseCase): void {
  use.ifRefused(async (again) => {
    await again.takeTurn(`phone-answers:${again.seat.id}`);
    await mayAskAboutPhones(again);
    again.on(phoneAnswers).add({ id: again.newId(), seat_id: again.seat.id, at: again.now });
  });
}
