/** `2026-01-31 16:05` on the clocks of a zone. */
export function momentIn(timeZone: string): (at: string | null | undefined) => string | null {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => (at ? clock.format(new Date(at)) : null);
}

/** The day that it is in a zone: `2026-01-31`. */
export const dateIn = (timeZone: string, at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
