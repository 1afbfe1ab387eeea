import { describe, expect, it } from 'vitest';
import { settingLines } from '../../src/app/settings.ts';
import { defaultLimits } from '../../src/platform/server/index.ts';
import { FILES, readText } from './repository.files.ts';

const NGINX = readText('docs/examples/nginx.conf');
const COMPOSE = readText('docs/examples/compose.yaml');
const PAGE = readText('docs/operations-several.md');
const OPERATIONS = readText('docs/operations.md');
const OURS = FILES.filter((path) => path.startsWith('src/')).map(readText);

const seconds = (directive: string): number => Number(new RegExp(`${directive} (\\d+)s;`).exec(NGINX)?.[1]);
const allOf = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);

describe('the example of nginx', () => {
  it('passes on what the server looks at, and upgrades', () => {
    for (const line of ['Host $http_host', 'Upgrade $http_upgrade', 'Connection $connection_upgrade'])
      expect(NGINX).toContain(`proxy_set_header ${line};`);
    expect(NGINX).toContain('proxy_buffering off;');
  });
  it('waits longer than a socket is silent, and takes bodies as long as the server does', () => {
    expect(seconds('proxy_read_timeout')).toBeGreaterThan((2 * defaultLimits.pingMs) / 1000);
    expect(NGINX).toContain(`client_max_body_size ${defaultLimits.bodyBytes / 1024}k;`);
  });
  it('shows /graphql, addresses of files, and nothing else', () => {
    expect(allOf(NGINX, /location ([^{]*\S) \{/g)).toEqual(['= /graphql', '/files/', '/']);
    expect(NGINX).toContain('return 404;');
  });
  it('names the servers of the example of compose, on the port that they listen on', () => {
    expect(allOf(NGINX, /^ {2}server ([\w-]+:\d+)/gm)).toEqual(allOf(COMPOSE, /^ {2}([\w-]+): \*guichet$/gm).map((name) => `${name}:4000`));
  });
});

describe('the example of compose', () => {
  it('sets settings that there are', () => {
    const [block] = /environment: &settings\n((?: {4}\w+:.*\n)+)/.exec(COMPOSE)!.slice(1);
    const set = allOf(block!, /^ {4}(\w+):/gm);
    expect(set).toContain('DATABASE_URL');
    const known = settingLines().map((line) => line.trim().split(' ')[0]);
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
  });
  it('gives a server longer to stop than it takes, and asks whether it is ready', () => {
    expect(Number(/stop_grace_period: (\d+)s/.exec(COMPOSE)![1])).toBeGreaterThan(15);
    expect(defaultLimits.stopMs).toBeLessThan(15_000);
    expect(COMPOSE).toContain('http://127.0.0.1:4000/readyz');
  });
  it('has enough connections for both servers and a migration', () => {
    const pool = Number(/DATABASE_POOL: "(\d+)"/.exec(COMPOSE)![1]);
    expect(Number(/max_connections=(\d+)/.exec(COMPOSE)![1])).toBeGreaterThan(2 * (pool + 7) + 3);
  });
  it('is linked from its page, with the other', () => {
    for (const file of ['nginx.conf', 'compose.yaml']) expect(PAGE).toContain(`(examples/${file})`);
  });
});

describe('the table of metrics', () => {
  const named = new Set(
    OURS.flatMap((source) =>
      allOf(
        source,
        /'((?:graphql|guichet)_\w+(?:total|seconds|statements|info|connections|waiting|sockets|subscriptions|documents|transfers|running))'/g,
      ),
    ),
  );

  it('has every figure that the server keeps, and no other', () => {
    const [table] = /## Metrics\n[\s\S]*?\n## /.exec(OPERATIONS)!;
    const rows = table.split('\n').filter((line) => /^\| `(graphql|guichet)_/.test(line));
    const told = rows.flatMap((line) => allOf(line.split(' | ')[0]!, /`((?:graphql|guichet)_\w+)/g));
    expect([...told].sort()).toEqual([...named].sort());
  });
});
