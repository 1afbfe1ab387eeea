import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkForm, type TemplateField } from '@guichet/forms';
import { init, parse } from 'es-module-lexer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeForms } from '../../build/package-folders.ts';
import { BROWSER, NO_BROWSER, openBrowser } from '../support/browser.ts';
import { inSteps } from '../support/in-steps.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder } from '../support/started-program.ts';

// `@guichet/forms` as a front end gets it: packed, below node_modules, in plain Node, in a browser without a bundler, and for a compiler.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let home: string;
let installed: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  const folder = await dataFolder();
  [home, remove] = [join(folder.path, 'front'), folder.remove];
  installed = join(home, 'node_modules/@guichet/forms');
  const work = join(folder.path, 'work');
  for (const one of [installed, work]) await mkdir(one, { recursive: true });
  makeForms(ROOT, work, installed);
});
afterAll(() => remove?.());

const FIELDS = [
  { id: 'f1', name: 'budget', label: 'Budget', kind: 'MONEY', required: true, max: '10' },
  {
    id: 'f2',
    name: 'why',
    label: 'Why?',
    kind: 'TEXT',
    required: true,
    showWhen: { field: 'f1', op: 'GT', value: { amount: 5, currency: 'CNY' } },
  },
].map((field) => ({ readBy: 'EVERYBODY', writtenBy: 'SUBMITTER', ...field })) as TemplateField[];
const CASES = [
  [],
  [{ field: 'budget', money: { amount: 6, currency: 'CNY' } }],
  [{ field: 'budget', money: { amount: 2_000, currency: 'CNY' } }],
];
const expected = CASES.map((given) => checkForm(FIELDS, given).issues);

inSteps('the package for front ends (spec 6.1)', () => {
  it('names nothing that is not in it', async () => {
    await init;
    const files = await readdir(installed);
    expect(files).not.toContain('tests');
    for (const file of files.filter((one) => one.endsWith('.js')))
      for (const { specifier } of parse(await readFile(join(installed, file), 'utf8'))[0])
        expect(
          files.map((one) => `./${one}`),
          file,
        ).toContain(specifier);
  });

  it('is imported by plain Node', async () => {
    const program = join(home, 'check.mjs');
    await writeFile(
      program,
      `import { checkForm } from '@guichet/forms';
const [fields, cases] = ${JSON.stringify([FIELDS, CASES])};
process.stdout.write(JSON.stringify(cases.map((given) => checkForm(fields, given).issues)));`,
    );
    const { code, stdout, stderr } = await runProgram([], {}, { program, cwd: home });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('is of types that need neither Node nor the server', async () => {
    const program = join(home, 'typed.ts');
    const check = (text: string) =>
      writeFile(program, text).then(() =>
        runProgram(
          [
            '--noEmit',
            '--strict',
            '--target',
            'es2024',
            '--lib',
            'es2024,dom',
            '--module',
            'esnext',
            '--moduleResolution',
            'bundler',
            '--types',
            '',
            program,
          ],
          {},
          { program: join(ROOT, 'node_modules/typescript/bin/tsc'), cwd: home },
        ),
      );
    const use = (field: string) =>
      `import { askedFields, checkForm, type Issue } from '@guichet/forms';
export const issues: readonly Issue[] = checkForm(askedFields([{ id: 'a', name: 'a', label: 'A', kind: 'TEXT', required: true }]), [${field}]).issues;\n`;
    expect(await check(use("{ field: 'a', text: 'b' }"))).toMatchObject({ code: 0, stdout: '' });
    expect((await check(use("{ field: 'a', text: 5 }"))).stdout).toMatch(/TS2322/);
  });

  it.runIf(BROWSER)(`is imported by a browser as it is (${NO_BROWSER})`, async () => {
    const server = createServer(async (request, response) => {
      const file = request.url === '/' ? undefined : join(installed, request.url!);
      response.setHeader('content-type', file && extname(file) === '.js' ? 'text/javascript' : 'text/html');
      response.end(file ? await readFile(file).catch(() => '') : '<!doctype html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const found = await page.evaluate(
        `import('/index.js').then(({ checkForm }) => ${JSON.stringify(CASES)}.map((given) => checkForm(${JSON.stringify(FIELDS)}, given).issues))`,
      );
      expect(found).toEqual(expected);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
