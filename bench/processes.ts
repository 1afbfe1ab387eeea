import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** A server in production does not start without a sender of codes; here nobody asks for one. */
const NO_SMS = { SMS_WEBHOOK_URL: 'http://127.0.0.1:9/', SMS_WEBHOOK_SECRET: 'nobody is sent anything in a benchmark' };
const BENCH = fileURLToPath(new URL('./', import.meta.url));

export interface Running {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a contestant as a process of its own and waits until it says where it listens. @param nodeOptions for its Node.js. */
export async function startContestant(name: string, databaseUrl: string, pool: number, nodeOptions = ''): Promise<Running> {
  const environment = {
    PATH: process.env.PATH,
    NODE_OPTIONS: nodeOptions,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: String(pool),
    NODE_ENV: 'production',
    GRAPHILE_ENV: 'production',
  };
  const ownSettings = { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', WRITES_PER_MINUTE: '0', DEMO: '0', ...NO_SMS };
  const child =
    name === 'guichet'
      ? spawn(process.execPath, ['guichet.mjs', 'start'], {
          cwd: ROOT,
          env: { ...environment, ...ownSettings },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
      : spawn(process.execPath, [`contestants/${name}.ts`], { cwd: BENCH, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await portOf(child, name);
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { port, pid: child.pid!, stop };
}

function portOf(child: ChildProcess, name: string): Promise<number> {
  let printed = '';
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${printed}`)));
    child.stdout!.on('data', (chunk) => {
      printed += chunk;
      const found = /(?:listening on |http:\/\/[\d.]+:)(\d+)/.exec(printed);
      if (found) resolve(Number(found[1]));
    });
  });
}

const TICKS_A_SECOND = 100;
const cpuOf = (pid: number | string): { seconds: number; parent: number; ended: number } => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = (at: number): number => Number(fields[at]) + Number(fields[at + 1]);
  return { parent: Number(fields[1]), seconds: ticks(11) / TICKS_A_SECOND, ended: ticks(13) / TICKS_A_SECOND };
};

/** CPU seconds that a process has used; undefined where the system does not tell. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    return cpuOf(pid).seconds;
  } catch {
    return undefined;
  }
}

/** CPU seconds of all children of a server, those included that have ended. */
export function cpuSecondsOfTree(pid: number): number | undefined {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const used = all.flatMap((name) => {
      try {
        const { parent, seconds } = cpuOf(name);
        return parent === pid ? [seconds] : [];
      } catch {
        return [];
      }
    });
    return used.reduce((sum, one) => sum + one, cpuOf(pid).ended);
  } catch {
    return undefined;
  }
}
