import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { runProgram } from '../support/run-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// Starting and stopping, with real processes on one folder of data. DEMO=0 spares the making of the demo.

let folder: Awaited<ReturnType<typeof dataFolder>>;
const started = new Set<StartedProgram>();
const start = async (environment: Record<string, string> = {}): Promise<StartedProgram> => {
  const program = await startProgram({ DATA_DIR: folder.path, DEMO: '0', HOST: '127.0.0.1', ...environment });
  started.add(program);
  return program;
};
const isReady = async ({ url }: StartedProgram): Promise<boolean> => (await fetch(`${url}/readyz`)).ok;
const databaseRuns = (): boolean => existsSync(join(folder.path, 'database/cluster/postmaster.pid'));

beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(async () => {
  await Promise.all([...started].map((program) => program.stop()));
  await folder.remove();
});

const kill = async ({ process: child }: StartedProgram): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

describe('servers on one folder', { timeout: 90_000 }, () => {
  it('share the database; whoever goes last stops it', async () => {
    const starter = await start();
    const joiner = await start();
    expect([await isReady(starter), await isReady(joiner)]).toEqual([true, true]);
    expect(await starter.stop()).toBe(0);
    expect(await isReady(joiner)).toBe(true);
    const socket = await openSocket(joiner);
    const stopped = joiner.stop();
    expect(await socket.closed).toBe(1001);
    expect(await stopped).toBe(0);
    expect(databaseRuns()).toBe(false);
  });

  it('may start at the same time and be killed; the next start needs no help', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect([await isReady(one), await isReady(other)]).toEqual([true, true]);
    await kill(one);
    expect(await isReady(other)).toBe(true);
    await kill(other);
    expect(databaseRuns()).toBe(true);
    const next = await start();
    expect(await isReady(next)).toBe(true);

    // Now the database itself is killed: whoever uses it brings it back, for all.
    const joiner = await start();
    const postmaster = (): number => Number(readFileSync(join(folder.path, 'database/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await expect.poll(postmaster, { timeout: 10_000 }).not.toBe(killed);
    for (const one of [joiner, next]) await expect.poll(() => isReady(one), { timeout: 10_000 }).toBe(true);
    expect(await joiner.stop()).toBe(0);
    expect(await isReady(next)).toBe(true);
    expect(await next.stop()).toBe(0);
    expect(databaseRuns()).toBe(false);
    expect(readdirSync(join(folder.path, 'database')).filter((name) => /^(use|start\.lock)/.test(name))).toEqual([]);
  });
});

describe('npm start', { timeout: 60_000 }, () => {
  it('is stopped by a signal to npm alone', async () => {
    const npm = spawn('npm', ['start'], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATA_DIR: folder.path,
        DEMO: '0',
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

describe('a server that cannot listen says so in one line, ends with 2, and lets the database go', { timeout: 90_000 }, () => {
  const refusal = async (environment: Record<string, string>): Promise<string> => {
    const { code, stderr } = await runProgram(['start'], { DATA_DIR: folder.path, DEMO: '0', ...environment });
    expect([code, databaseRuns()]).toEqual([2, false]);
    return stderr;
  };

  it('because the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    expect(await refusal({ HOST: '127.0.0.1', PORT: String(port) })).toBe(
      `guichet: PORT: another program listens on 127.0.0.1:${port}; stop it, or set another PORT.\n`,
    );
  });

  it('because the address is not of this machine', async () => {
    expect(await refusal({ HOST: '192.0.2.1', PORT: '0' })).toBe('guichet: HOST: 192.0.2.1 is no address of this machine.\n');
  });
});

async function openSocket({ url }: StartedProgram): Promise<{ closed: Promise<number> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return { closed: once(socket, 'close').then(([code]) => code) };
}
