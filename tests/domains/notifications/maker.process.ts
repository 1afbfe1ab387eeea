import { startTestServer } from '../../../src/testing/test-server.ts';

// A server beside the test's, to be killed while it makes notifications.
const [databaseUrl] = process.argv.slice(2);
const server = await startTestServer({ databaseUrl: databaseUrl!, jobsAtOnce: 0 });
process.stdout.write('ready\n');
for (;;) await server.runtime.notifications.settled().then(() => new Promise(setImmediate));
