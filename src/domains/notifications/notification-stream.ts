import { type SeatSql, type Sql, sql, topic } from '../../sdk/index.ts';

export const notificationTopic = topic('NOTIFICATION', 'Notification');

// Each seat's inbox is a stream of its own: nobody else is bothered with it, and it moves no cursor of anything else, such as a customer's
// forms. Its id is the seat's with another digit where the version stands, so that it is nobody else's.

const DIGIT = 14;
export const streamOf = (seatId: string): string => `${seatId.slice(0, DIGIT)}f${seatId.slice(DIGIT + 1)}`;
export const streamSql = ({ me }: SeatSql): Sql => sql`(left((${me})::text, 14) || 'f' || right((${me})::text, 21))::uuid`;
