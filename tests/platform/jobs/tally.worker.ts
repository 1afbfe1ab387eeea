import { startTestServer } from '../../../src/testing/test-server.ts';
import { tallyPlugin } from './tally.plugin.ts';

// A process that works on jobs of the tally plugin, until it is killed.

const [databaseUrl] = process.argv.slice(2);
await startTestServer({ plugins: [tallyPlugin], databaseUrl });
process.stdout.write('at work\n');
