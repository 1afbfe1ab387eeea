import { stampEvents } from '../../src/platform/live/stamper.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import type { TestServer } from '../../src/testing/test-server.ts';

// Places to follow from, after all that has happened: what has no number yet would come again.

export async function tasksNow({ runtime }: TestServer, seat: TestSeat): Promise<string> {
  await stampEvents(runtime.pools.worker);
  return (await seat.query('{ myTasks { liveCursor } }')).myTasks.liveCursor;
}
export async function formsNow({ runtime }: TestServer, seat: TestSeat): Promise<string> {
  await stampEvents(runtime.pools.worker);
  return (await seat.query('{ myForms { liveCursor } }')).myForms.liveCursor;
}
export async function formNow({ runtime }: TestServer, seat: TestSeat, formId: string): Promise<string> {
  await stampEvents(runtime.pools.worker);
  return (await seat.query('query ($id: ID!) { businessForm(id: $id) { liveCursor } }', { id: formId })).businessForm.liveCursor;
}
export async function timelineNow({ runtime }: TestServer, seat: TestSeat, contactId: string): Promise<string> {
  await stampEvents(runtime.pools.worker);
  const { contact } = await seat.query('query ($id: ID!) { contact(id: $id) { timeline { liveCursor } } }', { id: contactId });
  return contact.timeline.liveCursor;
}
