#!/usr/bin/env node
// Plain JavaScript that any Node can read: goes over to a Node that runs TypeScript, or says in one line what is missing.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const main = fileURLToPath(new URL('./src/main.ts', import.meta.url));
const isNewEnough = major > 22 || (major === 22 && minor >= 18);
const bundled = fileURLToPath(new URL(`./node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url));

if (isNewEnough) await import(new URL('./src/main.ts', import.meta.url).href);
else if (existsSync(bundled)) {
  const child = spawn(bundled, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(
    `guichet: Node.js 22.18 or newer is needed, this is ${process.versions.node}, and no bundled one was installed: install Node.js 24, or run npm ci without --omit=optional.`,
  );
  process.exit(2);
}
