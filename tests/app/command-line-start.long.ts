import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestServer } from '../../src/testing/test-server.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder } from '../support/started-program.ts';

// Starting and stopping, with real processes on one folder of data. DEMO=0 spares the making of the demo.

let folder: Awaited<ReturnType<typeof dataFolder>>;
const databaseRuns = (): boolean => existsSync(join(folder.path, 'database/cluster/postmaster.pid'));

beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

describe('npm start', () => {
  it('is stopped by a signal to npm alone', async () => {
    const npm = spawn('npm', ['start'], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATA_DIR: folder.path,
        DEMO: '0',
        SMS_SENDER: 'terminal',
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    for await (const chunk of npm.stdout) {
      printed += chunk;
      if (printed.includes('Guichet listens on')) npm.kill('SIGTERM'); // its output ends when the server has ended
    }
    expect(printed).toContain('Guichet listens on http://127.0.0.1:');
    expect(databaseRuns()).toBe(false);
  });
});

describe('a server that cannot listen says so in one line, ends with 2, and lets the database go', () => {
  const refusal = async (environment: Record<string, string>): Promise<string> => {
    const { code, stderr } = await runProgram(['start'], { DATA_DIR: folder.path, DEMO: '0', SMS_SENDER: 'terminal', ...environment });
    expect([code, databaseRuns()]).toEqual([2, false]);
    return stderr;
  };

  it('because nobody could be sent a code', async () => {
    const refused = /\nguichet: SMS_SENDER: nobody could sign in, because no sender of text messages is set up\. Set SMS_WEBHOOK_URL .*\n$/;
    expect(`\n${await refusal({ SMS_SENDER: '', HOST: '127.0.0.1', PORT: '0' })}`).toMatch(refused);
    expect(await refusal({ SMS_SENDER: 'pigeon', HOST: '127.0.0.1', PORT: '0' })).toBe(
      'guichet: SMS_SENDER: there is no sender pigeon; there are terminal, webhook.\n',
    );
  });

  it('because the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    expect(await refusal({ HOST: '127.0.0.1', PORT: String(port) })).toBe(
      `guichet: PORT: another program listens on 127.0.0.1:${port}; stop it, or set another PORT.\n`,
    );
  });

  it('because Guichet itself runs there already', async () => {
    const { port, stop } = await startTestServer({ plugins: [] }).then((server) => ({ port: new URL(server.url).port, stop: server.stop }));
    onTestFinished(stop);
    expect(await refusal({ HOST: '127.0.0.1', PORT: port })).toBe(
      `guichet: PORT: Guichet runs already and listens on 127.0.0.1:${port}; stop it, or set another PORT.\n`,
    );
  });

  it('because the address is not of this machine', async () => {
    expect(await refusal({ HOST: '192.0.2.1', PORT: '0' })).toBe('guichet: HOST: 192.0.2.1 is no address of this machine.\n');
  });
});
