const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A day of the years 1 to 9999; February has no 30th, whatever JavaScript makes of it. */
export const isDay = (text: string): boolean =>
  DATE.test(text) && !text.startsWith('0000') && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
