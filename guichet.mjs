#!/usr/bin/env node
// Plain JavaScript that any Node can read: goes over to a Node that runs TypeScript, or says in one line what is missing.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const bundled = pathOf(`./node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`);
// Compiled code is kept from start to start: a third of the time to listen. Not in a folder that other users could write to.
const compiled = pathOf('./node_modules/.cache/guichet');

if (isNewEnough) {
  module.enableCompileCache?.(compiled);
  await import(new URL('./src/main.ts', import.meta.url).href);
} else if (existsSync(bundled)) {
  const child = spawn(bundled, [pathOf('./src/main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compiled, ...process.env },
  });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`guichet: the bundled Node.js cannot be run (${error.message}): install Node.js 24.`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(
    `guichet: Node.js 22.18 or newer is needed, this is ${process.versions.node}, and no bundled one was installed: install Node.js 24, or run npm ci without --omit=optional.`,
  );
  process.exit(2);
}
