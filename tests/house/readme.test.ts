import { stripTypeScriptTypes } from 'node:module';
import type { Command } from 'commander';
import { getOperationAST, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../src/app/command-line.ts';
import { createOrganization } from '../../src/app/founding/create-organization.ts';
import { readNewOrganization } from '../../src/app/founding/new-organization.rules.ts';
import type { OrganizationPlan } from '../../src/app/founding/organization-plan.ts';
import { uuidv7 } from '../../src/platform/database/uuid.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { SCHEMAS } from './built-schemas.ts';
import { type Block, blocksOf, bodiesOf, commandsOf, wordsOf } from './document.blocks.ts';
import { FILES, readText } from './repository.files.ts';

const DOCUMENTS = FILES.filter((path) => /^(docs\/.*|.*README|CHANGELOG)\.md$/.test(path));
const BLOCKS = DOCUMENTS.flatMap((path) => blocksOf(path, readText(path)));
const of = (...infos: string[]): Block[] => BLOCKS.filter(({ info }) => infos.includes(info));
/** Its every excerpt stands in the plugin that it tells of. */
const TUTORIAL = 'docs/plugin-tutorial.md';
const PLUGIN = FILES.filter((path) => path.startsWith('plugins/ordering/')).map(readText);

const { scripts, devDependencies } = JSON.parse(readText('package.json')) as Record<'scripts' | 'devDependencies', Record<string, string>>;
const words = (command: readonly string[]): string[] => command.filter((word) => !word.startsWith('-'));

describe('the documents', () => {
  it('are there, and their blocks are of known kinds', () => {
    expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'docs/start.md', 'docs/front-end.md', TUTORIAL]));
    expect(BLOCKS.length).toBeGreaterThan(60);
    const known = ['graphql', 'graphql portal', 'sh', 'ts', 'json', 'sql', 'text', 'mermaid'];
    expect(BLOCKS.filter(({ info }) => !known.includes(info))).toEqual([]);
    const fences = DOCUMENTS.flatMap((path) => [...readText(path).matchAll(/^\s*(```|~~~)/gm)]);
    expect(fences.length).toBe(BLOCKS.length * 2);
  });
});

describe('GraphQL', () => {
  it.each(of('graphql', 'graphql portal'))('in $path, line $line, is of the schema', ({ info, code }) => {
    const document = parse(code);
    expect(validate(SCHEMAS[info === 'graphql' ? 'staff' : 'portal'], document)).toEqual([]);
    expect(document.definitions.length).toBeGreaterThan(0);
  });
  it('gives idempotency keys as variables: whoever copies one that is constant does each thing once in 72 hours', () => {
    const constant = of('graphql', 'graphql portal').filter(({ code }) => /idempotencyKey:\s*"/.test(code));
    expect(constant.map(({ path, line }) => `${path}:${line}`)).toEqual([]);
  });
});

describe('excerpts', () => {
  const excerpts = of('ts', 'sql', 'json').filter(({ of: file, path }) => file !== undefined || path === TUTORIAL);
  it.each(excerpts)('in $path, line $line, stand where it says', ({ of: file, code }) => {
    const sources = file ? [readText(file)] : PLUGIN;
    expect(sources.some((source) => source.includes(code.trimEnd()))).toBe(true);
  });
});

describe('code', () => {
  const whole = ({ of: file, path }: Block): boolean => file === undefined && path !== TUTORIAL;
  it.each(of('ts').filter(whole))('in TypeScript in $path, line $line, is well formed', ({ code }) => {
    expect(stripTypeScriptTypes(code).trim()).not.toBe('');
  });
  it.each(of('json').filter(whole))('in JSON in $path, line $line, is well formed', ({ code }) => {
    expect(JSON.parse(code)).toBeTypeOf('object');
  });
  it.each(of('text'))('in $path, line $line, names files that are there', ({ code }) => {
    const folder = /^([\w./-]+\/)$/m.exec(code.split('\n')[0]!)?.[1] ?? '';
    const named = [...code.matchAll(/[\w./-]+\.(?:ts|json|sql|mjs)\b/g)].map(([name]) => name);
    expect(named.filter((name) => !FILES.some((path) => path.startsWith(folder) && `/${path}`.endsWith(`/${name}`)))).toEqual([]);
  });
});

describe('commands', () => {
  const commands = of('sh').flatMap(({ path, line, code }) =>
    commandsOf(code).map((command) => ({ path, line, command, said: command.join(' ') })),
  );
  const run = (command: readonly string[]): string[] => words(command.slice(command.indexOf('run') + 1));

  it.each(commands)('in $path, line $line: $said', ({ command }) => {
    const [program, act] = command;
    if (program === 'npm') {
      const script = act === 'run' ? run(command)[0] : act;
      expect(['ci', 'init', 'install', 'pkg', ...Object.keys(scripts)]).toContain(script);
    } else if (program === 'npx') expect(['guichet', ...Object.keys(devDependencies)]).toContain(act);
    else if (program === 'node') expect(FILES).toContain(act);
    else expect(['curl', 'mkdir', 'cd']).toContain(program);
  });

  const lines = new Set(
    commands.flatMap(({ command }) => {
      const [script, ...rest] = command[0] === 'npx' ? words(command.slice(1)) : run(command);
      if (!(command[0] === 'npx' || command[1] === 'run') || script !== 'guichet') return [];
      return ['plugin', 'organization', 'jobs'].includes(rest[0]!) ? `${rest[0]} ${rest[1]}` : (rest[0] ?? []);
    }),
  );
  it.each([...lines])('of the command line are known: %s', (line) => {
    const found = line
      .split(' ')
      .reduce<Command | undefined>((above, name) => above?.commands.find((one) => one.name() === name), commandLine());
    expect(found?.helpInformation()).toContain(`Usage: guichet ${line}`);
  });
});

/** The organization that a page founds. */
function foundedIn(path: string): OrganizationPlan {
  const block = of('sh').find((one) => one.path === path && one.code.includes('organization create'));
  const words = wordsOf(block!.code, 'organization create');
  const given = (option: string): string => words[words.indexOf(option) + 1]!;
  const [name, adminName, adminPhone] = ['--name', '--admin-name', '--admin-phone'].map(given) as [string, string, string];
  return readNewOrganization(uuidv7(), { name, adminName, adminPhone, country: 'CN', timeZone: 'Asia/Shanghai', certification: 'TEAM' })
    .plan!;
}

describe('what is sent with curl', () => {
  const sent = of('sh').filter(({ code }) => code.includes('curl'));
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ demo: true });
    await createOrganization(server.runtime, foundedIn('docs/start.md'));
  });
  afterAll(() => server?.stop());

  it('is followed by its answer at least once', () => {
    expect(sent.filter(({ answer }) => answer).map(({ path }) => path)).toContain('README.md');
  });
  it.each(sent)('in $path, line $line, is answered', async ({ code, answer }) => {
    const bodies = bodiesOf(code);
    expect(bodies.length).toBe(code.match(/\bcurl /g)?.length);
    const phone = /token --phone (\S+?)\)/.exec(code)?.[1];
    const seat = phone ? await server.seat(phone) : server.nobody;
    for (const { query, variables } of bodies) {
      const document = parse(query);
      expect(validate(SCHEMAS[phone ? 'staff' : 'portal'], document)).toEqual([]);
      if (getOperationAST(document)?.operation === 'subscription') continue;
      const { data, errors } = await seat.ask(query, variables);
      expect(errors).toEqual([]);
      if (answer) expect({ data }).toEqual(JSON.parse(answer));
    }
  });
});

describe('the reader of blocks', () => {
  it('finds blocks, what they are of and what answers them', () => {
    const text = 'A.\n\n```sh\nnpm ci\n```\n\nAnswers:\n\n```json\n{}\n```\n\n`src/main.ts`\n\n```ts\nimport;\n```\n';
    expect(blocksOf('a.md', text)).toEqual([
      { path: 'a.md', line: 3, info: 'sh', code: 'npm ci\n', of: undefined, answer: '{}\n' },
      { path: 'a.md', line: 9, info: 'json', code: '{}\n', of: undefined, answer: undefined },
      { path: 'a.md', line: 15, info: 'ts', code: 'import;\n', of: 'src/main.ts', answer: undefined },
    ]);
  });
  it.each([
    [
      'npm ci && npm start',
      [
        ['npm', 'ci'],
        ['npm', 'start'],
      ],
    ],
    [
      'TOKEN=$(npm run --silent guichet -- token)\ncurl -s \\\n  -d \'{"a": "; rm"}\'',
      [
        ['npm', 'run', '--silent', 'guichet', '--', 'token'],
        ['curl', '-s', '-d', "''"],
      ],
    ],
    ['PORT=4001 npm start', [['npm', 'start']]],
    ['export A=postgres://a:b@c/d\nrm -rf /', [['rm', '-rf', '/']]],
  ])('takes %j apart', (code, commands) => {
    expect(commandsOf(code)).toEqual(commands);
  });
  it('takes what curl sends', () => {
    expect(bodiesOf(`curl -d '{"query":"{ a(b: \\"c\\") }"}'`)).toEqual([{ query: '{ a(b: "c") }' }]);
  });
});
