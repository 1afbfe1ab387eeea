import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { formsNow, tasksNow } from '../../support/live-places.ts';
import { placeAt, writeEvents } from '../../support/many-events.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { connected } from '../server/socket.fixture.ts';

// Promise 5: a subscriber that is cut off 20 times gets every event once, in order.

const CUTS = 20;
/** Fewer are on their way at a time than a subscriber may leave waiting. */
const AT_ONCE = 200;
const MY_FORMS = 'subscription ($after: EventCursor) { myForms(after: $after) { cursor at customerState } }';
const FORM = 'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { cursor at form { id state } } }';

/** @param total events of a form that nobody reads with, without the form */
export function resuming(total: number): void {
  let server: TestServer;
  let own: TestOrganization;
  let database: RawDatabase;
  let formId: string;
  beforeAll(async () => {
    server = await startTestServer();
    own = await server.organization();
    formId = await placeOrder(own.customer);
    database = await RawDatabase.open(server.databaseUrl);
    await database.rows('set session_replication_role = replica'); // nobody checks the foreign keys of thousands of events
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  interface Reading {
    readonly seat: TestSeat;
    readonly stream: string;
    readonly query: string;
    readonly after: string;
    readonly total: number;
  }
  /** Places of events in the order in which they came, over connections that each break off while more is on its way. */
  async function readInPieces({ seat, stream, query, after, total }: Reading): Promise<number[]> {
    const got: number[] = [];
    let [written, place] = [0, after];
    const writeSome = async (): Promise<void> => {
      await writeEvents(database, { organizationId: own.id, stream, formId: decodeGlobalId('BusinessForm', formId) }, written, AT_ONCE);
      server.runtime.hub.wake();
      written += AT_ONCE;
    };
    for (let piece = 1; piece <= CUTS + 1; piece++) {
      if (written < total) await writeSome();
      const socket = await connected(server.url, seat.token);
      socket.subscribe('1', query, { id: formId, after: place });
      while (got.length < Math.floor((total * piece) / (CUTS + 1))) {
        if (written < total && written - got.length < AT_ONCE) await writeSome();
        const { payload } = await socket.next();
        const event = Object.values((payload as { data: Record<string, { cursor: string; at: string }> }).data)[0]!;
        got.push(placeAt(event.at));
        place = event.cursor;
      }
      socket.socket.terminate();
    }
    return got;
  }

  const counted = (total: number): number[] => Array.from({ length: total }, (_, i) => i + 1);

  describe('a subscriber that is cut off 20 times', () => {
    it(`gets each of ${total} events once, in order`, async () => {
      const { customer: seat } = own;
      const reading = {
        seat,
        stream: decodeGlobalId('Contact', seat.id),
        query: MY_FORMS,
        after: await formsNow(server, seat),
        total,
      };
      expect(await readInPieces(reading)).toEqual(counted(total));
    });

    it('gets each of 600 with the form as it is, asked for rights at each', async () => {
      const { owner: seat } = own;
      const reading = { seat, stream: own.id, query: FORM, after: await tasksNow(server, seat), total: 600 };
      expect(await readInPieces(reading)).toEqual(counted(600));
    });
  });
}
