import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSeat } from '../../src/testing/test-seat.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// A disk of its own that is truly filled: a file system in memory, which only root may mount.

const isRoot = process.platform === 'linux' && process.geteuid?.() === 0;
const MEGABYTES = Number(process.env.DISK_MEGABYTES ?? 300);
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token seat { id name } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id } } } }`;
const FORMS = '{ myForms(last: 100) { totalCount nodes { id } } }';
const FULL = 'The server’s disk is full: nothing was written, and nothing can be for now.';
const soon = { timeout: 30_000, interval: 50 };

describe.runIf(isRoot)('a disk that is full', { timeout: 180_000 }, () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let disk: string;
  let program: StartedProgram;
  let hu: TestSeat;
  let productId: string;
  let logged = '';
  const placed: string[] = [];
  const ballast = () => join(disk, 'ballast');
  const free = (): number => statfsSync(disk).bavail * statfsSync(disk).bsize;

  /** Fills the disk but for so many bytes. */
  function fill(but: number): void {
    const file = openSync(ballast(), 'w');
    try {
      while (free() > but) writeSync(file, Buffer.alloc(Math.min(1_000_000, free() - but)));
    } finally {
      closeSync(file);
    }
  }
  async function place(): Promise<string> {
    const key = `order-${placed.length}-${Math.random()}`;
    const { data, errors } = await hu.ask(PLACE, {
      input: { lines: [{ productId, quantity: 1 }], note: 'x'.repeat(900), idempotencyKey: key },
    });
    if (data?.placeOrder?.order) placed.push(data.placeOrder.order.id);
    return errors[0]?.message ?? 'placed';
  }

  beforeAll(async () => {
    folder = await dataFolder();
    disk = join(folder.path, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', disk]);
    chmodSync(disk, 0o711);
    program = await startProgram({ DATA_DIR: disk, DEMO: '1', WRITES_PER_MINUTE: '0', LOG_LEVEL: 'error' });
    program.process.stderr!.on('data', (chunk) => {
      logged += chunk;
    });
    const nobody = new TestSeat({ id: '', name: 'nobody', token: undefined, url: program.url });
    const { token, seat } = await nobody.does(SIGN_IN, { input: { phone: '+8613900000001', code: '246810' } });
    hu = new TestSeat({ id: seat.id, name: seat.name, token, url: program.url });
    productId = (await hu.query('{ products(first: 1) { nodes { id } } }')).products.nodes[0].id;
  });
  afterAll(async () => {
    await program?.stop();
    execFileSync('umount', [disk]);
    await folder?.remove();
  });

  it('refuses writes with a clear error before the database is in danger, goes on reading, and recovers by itself', async () => {
    expect(await place()).toBe('placed');
    fill(20_000_000);
    await expect.poll(place, soon).toBe(FULL);
    for (let i = 0; i < 50; i++) {
      expect(await place()).toBe(FULL);
      expect((await hu.query(FORMS)).myForms.totalCount).toBe(placed.length);
    }
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect(readFileSync(join(disk, 'database/server.log'), 'utf8')).not.toContain('PANIC');
    rmSync(ballast());
    await expect.poll(place, soon).toBe('placed');
  });

  it('that takes the database down as well: callers are told, nothing that was answered is lost, and it comes back when there is room', async () => {
    const [pid] = readFileSync(join(disk, 'database/cluster/postmaster.pid'), 'utf8').split('\n');
    fill(0);
    process.kill(Number(pid), 'SIGKILL');
    await expect
      .poll(async () => (await hu.ask(FORMS)).errors[0]?.message, soon)
      .toBe('The database cannot be reached: try again in a moment.');
    // There is not even room to note who starts it.
    await expect.poll(() => logged, soon).toContain('the embedded database is down, and could not be started');
    expect((await fetch(`${program.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    rmSync(ballast());
    await expect.poll(place, soon).toBe('placed');
    expect(readdirSync(join(disk, 'database')).filter((name) => name.startsWith('start.lock'))).toEqual([]);
    const { myForms } = await hu.query(FORMS);
    expect(myForms.totalCount).toBe(placed.length);
    expect(myForms.nodes.map(({ id }: { id: string }) => id).reverse()).toEqual(placed.slice(0, 100));
  });
});
