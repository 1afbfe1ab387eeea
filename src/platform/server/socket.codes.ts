/** graphql-ws's own, for what it does not see itself. */
export const BAD_MESSAGE = 4400;
/** Close codes that are not graphql-ws's own. 4413 is none that its client takes for final, so that it comes again and resumes. */
export const SEAT_ENDED = 4403;
export const TOO_MANY_SOCKETS = 4429;
export const TOO_SLOW = 4413;
export const GOING_AWAY = 1001;
export const FAULT = 4500;
