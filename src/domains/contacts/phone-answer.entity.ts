import { table, timestamptz, uuid } from '../../sdk/index.ts';

/** Answers that a phone is known, which share one budget a seat (spec 3.4). */
export const phoneAnswers = table('phone_answers', {
  columns: { seat_id: uuid(), at: timestamptz() },
  indexes: { phone_answers_of_seat: { columns: ['seat_id', 'at'] } },
});
