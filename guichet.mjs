#!/usr/bin/env node
// Plain JavaScript that any Node can read: goes over to a Node that runs TypeScript, or says in one line what is missing; and starts the
// server again where it was told to (`start --restart`).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
/** In a clone the sources run as they are; what is packed is JavaScript, since Node strips no types below `node_modules`. */
const program = existsSync(pathOf('./src/main.js')) ? './src/main.js' : './src/main.ts';
const bundled = ['./node_modules/node', '../node']
  .map((folder) => pathOf(`${folder}/bin/node${process.platform === 'win32' ? '.exe' : ''}`))
  .find(existsSync);
// Compiled code is kept from start to start: a third of the time to listen. Not in a folder that other users could write to.
const compiled = pathOf('./node_modules/.cache/guichet');
const restarts = process.argv[2] === 'start' && process.argv.includes('--restart');
/** Exit code of a server that asks to be started again. */
const RESTART = 75;
/** A server that does not live longer waits before it is started again. */
const SHORT_LIFE_MS = 10_000;
const PAUSE_MS = 1_000;

let child;
let asked = false;

function run(node) {
  const begun = Date.now();
  const given = process.argv.slice(2).filter((word) => word !== '--restart');
  child = spawn(node, [pathOf(program), ...given], { stdio: 'inherit', env: { NODE_COMPILE_CACHE: compiled, ...process.env } });
  child.on('error', (error) => {
    console.error(`guichet: the bundled Node.js cannot be run (${error.message}): install Node.js 24.`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => {
    child = undefined;
    if (asked || !restarts || !(code === RESTART || signal)) process.exit(code ?? 1);
    console.error(`guichet: the server has ended (${signal ?? code}) and starts again.`);
    setTimeout(() => run(node), Date.now() - begun < SHORT_LIFE_MS ? PAUSE_MS : 0);
  });
}

function stop(signal) {
  asked = true;
  if (child) child.kill(signal);
  else process.exit(0);
}

function runAsChild(node) {
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(signal));
  // `npm start` passes a signal to its shell, which dies of it and passes nothing on.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || asked || stop('SIGTERM'), 250).unref();
  run(node);
}

if (isNewEnough && !restarts) {
  module.enableCompileCache?.(compiled);
  await import(new URL(program, import.meta.url).href);
} else if (isNewEnough || bundled) {
  runAsChild(isNewEnough ? process.execPath : bundled);
} else {
  console.error(
    `guichet: Node.js 22.18 or newer is needed, this is ${process.versions.node}, and no bundled one was installed: install Node.js 24, or run npm ci without --omit=optional.`,
  );
  process.exit(2);
}
