import { certifyOrganization } from '../app/founding/certify-organization.ts';
import type { ModuleDefinition } from '../sdk/index.ts';
import { pluginTestLogger } from './test-log.ts';
import type { TestOrganization } from './test-organization.ts';
import type { TestSeat } from './test-seat.ts';
import { startTestServer } from './test-server.ts';

/** A server with one plugin, and an organization that uses it: its seats by what they are, such as `admin`, `owner` and `customer`. */
export type TestPlugin = TestOrganization & {
  /** Another organization, which uses the plugin too. */
  readonly other: TestOrganization;
  /** The admin of the other organization. */
  readonly stranger: TestSeat;
  /** Somebody who is not signed in. */
  readonly nobody: TestSeat;
  /** Address of the server. */
  readonly url: string;
  /**
   * Lets the clocks strike that are due by `now`, and waits until what they began is done. The first time winds them up: they are due from then
   * on. @param clocks names of those that strike, as `ordering.endReservations`; without one all do, those of the core too
   */
  strike(...clocks: string[]): Promise<void>;
  /** Certifies the organization, as its operator does: below `ADVANCED` its window is suspended. */
  certify(level: 'TEAM' | 'BASIC' | 'INTERMEDIATE' | 'ADVANCED'): Promise<void>;
  /** Switches the plugin off or on in the organization, as its admin does. Servers remember it for up to a minute: let that pass by your clock. */
  switch(enabled: boolean): Promise<void>;
  /** Stops the server and drops its database. */
  stop(): Promise<void>;
};

/** What a test of a plugin may need beside it. */
export interface TestPluginOptions {
  /** Plugins that this one needs. */
  readonly needs?: readonly ModuleDefinition[];
  /** The clock; the machine's by default. */
  now?(): Date;
}

const SWITCH = 'mutation ($input: SwitchPluginInput!) { switchPlugin(input: $input) { __typename } }';
/** A clock that stands asks for all codes in one hour. */
const BOUNDLESS = { perPhone: 1_000_000, perAddress: 1_000_000 };

/**
 * Starts a server with the core and this plugin alone, on a database of its own, with two organizations that have a seat for every role
 * (spec 8.6). What the plugin makes for a demo is there. The causes of `INTERNAL` are shown on the terminal; with `TEST_LOG=1` the server's
 * whole log is, with `TEST_LOG=silent` nothing.
 *
 * @example
 * const plugin = await testPlugin(definition);
 * const { products } = await plugin.customer.query('{ products { nodes { name } } }');
 * await plugin.stop();
 *
 * @throws ModuleError that says what is wrong with the definition and how to mend it.
 */
export async function testPlugin(definition: ModuleDefinition, { needs = [], now }: TestPluginOptions = {}): Promise<TestPlugin> {
  const server = await startTestServer({ plugins: [...needs, definition], now, codeLimits: BOUNDLESS, logger: pluginTestLogger() });
  try {
    const own = await server.organization();
    const other = await server.organization({ name: 'Other Works' });
    const certify: TestPlugin['certify'] = async (level) => {
      await certifyOrganization(server.runtime, own.id, { level, reason: 'Tested' });
    };
    const swap = async (enabled: boolean): Promise<void> => {
      await own.admin.does(SWITCH, { input: { plugin: definition.name, enabled } });
    };
    return {
      ...own,
      switch: swap,
      other,
      stranger: other.admin,
      nobody: server.nobody,
      url: server.url,
      strike: server.strike,
      certify,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
