import type { ModuleDefinition } from '../sdk/index.ts';
import type { TestOrganization } from './test-organization.ts';
import type { TestSeat } from './test-seat.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** A server with one plugin, and an organization that uses it. */
export type TestPlugin = TestOrganization & {
  /** The admin of another organization, which uses the plugin too. */
  readonly stranger: TestSeat;
  readonly server: TestServer;
  stop(): Promise<void>;
};

export interface TestPluginOptions {
  /** Plugins that this one needs. */
  readonly needs?: readonly ModuleDefinition[];
  /** The clock; the machine's by default. */
  now?(): Date;
}

/**
 * Starts a server with the core and this plugin alone, on a database of its own, with an organization that has a seat for every role
 * (spec 8.6). What the plugin makes for a demo is there.
 *
 * @example
 * const plugin = await testPlugin(definition);
 * const { products } = await plugin.customer.query('{ products { nodes { name } } }');
 * await plugin.stop();
 *
 * @throws ModuleError that says what is wrong with the definition and how to mend it.
 */
export async function testPlugin(definition: ModuleDefinition, { needs = [], now }: TestPluginOptions = {}): Promise<TestPlugin> {
  const server = await startTestServer({ plugins: [...needs, definition], now });
  try {
    const own = await server.organization();
    const { admin: stranger } = await server.organization({ name: 'Other Works' });
    return { ...own, stranger, server, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
