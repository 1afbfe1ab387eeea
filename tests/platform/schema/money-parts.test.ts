import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';

// An amount of money is written by the statement, or made by a resolver; its parts may be called anything in both (api 1).

let server: TestServer;
let executing: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  executing = await startTestServer({ databaseUrl: server.databaseUrl, straight: false });
});
afterAll(async () => {
  await executing?.stop();
  await server?.stop();
});

const PARTS = '{ cents: amount code: currency amount }';
it.each(['as answers are written', 'by the executor'])('is told under other names: %s', async (way) => {
  const { url } = way === 'by the executor' ? executing : server;
  const seat = new TestSeat({ ...own.admin, token: own.admin.token, url });
  const { products } = await seat.query(`{ products(first: 1) { nodes { variants { price ${PARTS} prices { price ${PARTS} } } } } }`);
  const [{ price, prices }] = products.nodes[0].variants;
  expect(price).toEqual({ cents: price.amount, code: 'CNY', amount: expect.any(Number) });
  expect(prices[0].price).toEqual(price);
});
