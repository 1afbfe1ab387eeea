import { ADMIN, defineModule, rule } from '@guichet/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { inSteps } from '../../support/in-steps.ts';
import { outcome } from '../contacts/contact.fixture.ts';
import { again, departmentIds, GRANT, giveRight, REVOKE } from './directory.fixture.ts';

// A right that a plugin declares (docs/decisions/rights-of-modules.md).
const price = rule('pricing.read', { roles: [ADMIN], right: 'PRICING_PRICE', whole: true, description: 'Admins with PRICING_PRICE.' });
const pricing = defineModule({
  name: 'pricing',
  version: '1.0.0',
  description: 'Prices, for tests.',
  guichet: '^0.1.0',
  rules: [price],
  rights: { PRICING_PRICE: 'Prices of products.' },
  types: (builder) => {
    builder.queryField('pricingMargin', (t) => t.int({ nullable: true, description: 'A margin.', rule: price, resolve: () => 17 }));
  },
});

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [pricing] });
  own = await server.organization();
});
afterAll(() => server.stop());
const grants = (seat: TestSeat, employeeId: string, given: object = {}) =>
  outcome(seat, GRANT, { employeeId, right: 'PRICING_PRICE', ...given });
const revokes = (seat: TestSeat, employeeId: string) => outcome(seat, REVOKE, { employeeId, right: 'PRICING_PRICE' });
const margin = async (seat: TestSeat) => {
  const { data, errors } = await seat.ask('{ pricingMargin }');
  return errors[0]?.extensions.code ?? data!.pricingMargin;
};

describe('a plugin’s own admin right (spec 2.3b)', () => {
  inSteps('from its first day to its plugin’s last', () => {
    it('is granted by whoever holds PLUGINS for the whole organization, while nobody holds it', async () => {
      expect(await margin(own.colleague)).toBe('FORBIDDEN');
      expect((await grants(own.admin, own.colleague.id)).employee.adminRights).toEqual([
        { right: 'PRICING_PRICE', isWhole: true, departments: [] },
      ]);
      expect(await margin(await again(server, own, 'colleague'))).toBe(17);
      await expect.poll(() => margin(own.colleague)).toBe(17); // within a second
    });
    it('is not granted by whoever holds DIRECTORY alone, nor to oneself, nor by who holds it', async () => {
      await giveRight(server, own, 'supervisor', 'DIRECTORY', null);
      await giveRight(server, own, 'supervisor', 'PRICING_PRICE', null);
      const seat = await again(server, own, 'supervisor');
      expect((await grants(seat, own.owner.id)).__typename).toBe('RightNotYours');
      expect((await revokes(seat, own.colleague.id)).__typename).toBe('RightNotYours');
      expect((await grants(own.admin, own.admin.id)).__typename).toBe('RightNotYours');
      await giveRight(server, own, 'supervisor', 'PLUGINS', 'Sales');
      expect((await grants(await again(server, own, 'supervisor'), own.owner.id)).__typename).toBe('RightNotYours');
    });
    it('for a department opens nothing that is the whole organization’s', async () => {
      const ids = await departmentIds(own);
      expect((await grants(own.admin, own.owner.id, { departmentIds: [ids.Sales] })).employee.adminRights).toMatchObject([
        { right: 'PRICING_PRICE', isWhole: false, departments: [{ name: 'Sales' }] },
      ]);
      expect(await margin(await again(server, own, 'owner'))).toBe('FORBIDDEN');
      expect((await revokes(own.admin, own.owner.id)).employee.adminRights).toEqual([]);
    });
    it('finds its holders', async () => {
      const { employees } = await own.admin.query('{ employees(right: PRICING_PRICE) { nodes { name } } }');
      expect(employees.nodes.map(({ name }: { name: string }) => name)).toEqual(['The colleague', 'The supervisor']);
    });
    it('is taken, and opens nothing within a second', async () => {
      expect((await revokes(own.admin, own.supervisor.id)).employee.adminRights.map(({ right }: { right: string }) => right)).not.toContain(
        'PRICING_PRICE',
      );
      await expect.poll(() => margin(own.supervisor)).toBe('FORBIDDEN');
    });
    it('is not there where its plugin is gone: the holder keeps the others, and it is back with the plugin', async () => {
      await giveRight(server, own, 'colleague', 'AUDIT', null);
      const without = await startTestServer({ plugins: [], databaseUrl: server.databaseUrl });
      try {
        const phone = own.plan.employees.find(({ key }) => key === 'admin')!.phone;
        const admin = await without.seat(phone, own.id);
        const { data, errors } = await admin.ask(
          'query ($id: ID!) { employee(id: $id) { adminRights { id right isWhole departments { name } } } }',
          {
            id: own.colleague.id,
          },
        );
        expect(errors).toEqual([]);
        const held = await own.admin.query('query ($id: ID!) { employee(id: $id) { adminRights { id right } } }', { id: own.colleague.id });
        const gone = held.employee.adminRights.find(({ right }: { right: string }) => right === 'PRICING_PRICE');
        expect(await admin.ask('query ($id: ID!) { node(id: $id) { __typename } }', { id: gone.id })).toMatchObject({
          data: { node: null },
          errors: [],
        });
        expect(data!.employee.adminRights).toMatchObject([{ right: 'AUDIT', isWhole: true }]);
        const colleague = await without.seat(own.plan.employees.find(({ key }) => key === 'colleague')!.phone, own.id);
        expect((await colleague.ask('{ viewer { ... on Employee { adminRights { right } } } }')).data.viewer.adminRights).toEqual([
          { right: 'AUDIT' },
        ]);
        expect((await admin.ask(GRANT, { input: { employeeId: own.owner.id, right: 'PRICING_PRICE' } })).errors).toMatchObject([
          { extensions: { code: 'BAD_REQUEST' } },
        ]);
      } finally {
        await without.stop();
      }
      expect(await margin(await again(server, own, 'colleague'))).toBe(17);
    });
  });
});
