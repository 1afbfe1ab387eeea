import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// Starting and stopping of several, with real processes on one folder of data. DEMO=0 spares the making of the demo.

let folder: Awaited<ReturnType<typeof dataFolder>>;
const started = new Set<StartedProgram>();
const start = async (environment: Record<string, string> = {}): Promise<StartedProgram> => {
  const program = await startProgram({ DATA_DIR: folder.path, DEMO: '0', HOST: '127.0.0.1', ...environment });
  started.add(program);
  return program;
};
const isReady = async ({ url }: StartedProgram): Promise<boolean> => (await fetch(`${url}/readyz`)).ok;
const postmaster = (): number => Number(readFileSync(join(folder.path, 'database/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
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

describe('servers on one folder', () => {
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

    // Now the database itself is killed: who serves from it brings it back.
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => databaseRuns() && postmaster() !== killed).toBe(true);
    await expect.poll(() => isReady(next)).toBe(true);
    const joiner = await start();
    expect(await isReady(joiner)).toBe(true);
    expect(await next.stop()).toBe(0);
    expect(await isReady(joiner)).toBe(true);
    expect(await joiner.stop()).toBe(0);
    expect(databaseRuns()).toBe(false);
    expect(readdirSync(join(folder.path, 'database')).filter((name) => /^(use|start\.lock)/.test(name))).toEqual([]);
  });
});

async function openSocket({ url }: StartedProgram): Promise<{ closed: Promise<number> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return { closed: once(socket, 'close').then(([code]) => code) };
}
