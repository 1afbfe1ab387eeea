import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const [packed, unpacked] = [promisify(gzip), promisify(gunzip)];
const OWN = new URL('client/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/** What the pages load, by its name: GraphiQL itself, and what is our own around it. Nine megabytes, made ready once, when somebody opens a page. */
export interface Assets {
  /** The folder that they are served in. It names what they hold, so a browser may keep them for ever. */
  readonly folder: string;
  /** @param isPacked whether it is wanted as gzip */
  read(name: string, isPacked: boolean): Promise<{ readonly type: string; readonly body: Buffer } | undefined>;
}

let made: Promise<Assets> | undefined;
export const graphiqlAssets = (): Promise<Assets> => {
  made ??= make();
  return made;
};

async function make(): Promise<Assets> {
  const texts = { ...(await library()), ...(await own()) };
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('base64url').slice(0, 16);
  const all = new Map(await Promise.all(Object.entries(texts).map(async ([name, text]) => [name, await packed(text)] as const)));
  return {
    folder: `/graphiql/${hash}`,
    async read(name, isPacked) {
      const body = all.get(name);
      return body && { type: TYPES[extname(name)]!, body: isPacked ? body : await unpacked(body) };
    },
  };
}

async function library(): Promise<Record<string, string>> {
  const { js, css, editorWorkerService, graphqlWorker, jsonWorker } = await import('@graphql-yoga/render-graphiql/graphiql');
  return {
    'graphiql.js': js,
    'graphiql.css': css,
    'worker.editorWorkerService.js': editorWorkerService,
    'worker.graphql.js': graphqlWorker,
    'worker.json.js': jsonWorker,
  };
}

async function own(): Promise<Record<string, string>> {
  const names = await readdir(OWN);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, OWN), 'utf8')])));
}
