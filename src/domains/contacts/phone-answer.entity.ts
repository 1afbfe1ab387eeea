import { tenantEntity } from '../../sdk/index.ts';

/** Answers that a phone is known, which share one budget a seat (spec 3.4). */
export const PhoneAnswer = tenantEntity('phone_answers', (t) => ({ seatId: t.uuid(), at: t.timestamptz() }), {
  indexes: { phone_answers_of_seat: { columns: ['seatId', 'at'] } },
});

export const phoneAnswers = PhoneAnswer.table;
