import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, readText } from './repository.files.ts';

/** This file names what it looks for. */
const ITSELF = 'tests/house/words.test.ts';
const isText = (path: string): boolean => !/\.(png|jpg|gif|ico|woff2?)$/.test(path) && path !== 'package-lock.json' && path !== ITSELF;
const TEXTS = FILES.filter(isText).map((path) => [path, readText(path)] as const);

/** Where it is measured how long something takes. */
const MEASURES = /^tests\/(reliability\/|app\/(packed-installation|start-up|watchdog)\.|domains\/joining\/known-phone-timing\.).*long\.ts$/;
const isUntimed = (path: string): boolean => /\.(test|long)\.ts$/.test(path) && !MEASURES.test(path);
const isTest = (path: string): boolean => /(^|\/)tests\/.*\.ts$/.test(path);
/** What the compiler checks and people write; the benchmark in `bench/` it does not check. */
const isTyped = (path: string): boolean => /^(src|plugins|packages|tests)\/(?!.*\/generated\/).*\.ts$/.test(path);
const isComment = (line: string): boolean => /^\s*(\/?\*|\/\/)/.test(line);

/** Lines that are not to stand in a file. */
const TABOOS: Readonly<Record<string, (line: string, path: string) => boolean>> = {
  'a path of some workplace': (line) => /(?<![\w.])\/(work|home|Users|root)\/|\.library\b/.test(line),
  'a temporary path': (line, path) =>
    /(?<![\w.}`])\/tmp\//.test(line) && !isTest(path) && !path.startsWith('src/testing/') && path !== '.gitignore',
  'what is left to do': (line) => /\b(TODO|FIXME|XXX)\b/.test(line),
  // In a test, an error that is expected is what is tested.
  'a check that is switched off': (line, path) =>
    isTyped(path) && (isTest(path) ? /@ts-(ignore|nocheck)/ : /@ts-(ignore|nocheck|expect-error)/).test(line),
  // The one place where a type is loose: a test reads what it asked for, and fails where it is not there.
  'a type that is none': (line, path) =>
    isTyped(path) &&
    !isComment(line) &&
    /(:|\bas|<|=|\|) any\b(?!\()|<any\b/.test(line) &&
    !(path === 'src/testing/test-seat.ts' && line.startsWith('type Loose =')),
  'a test that is left out or alone': (line, path) =>
    isTest(path) && /\b(it|test|describe)(\.\w+|\([^)]*\))*\.(only|skip|todo)\b|\b[xf](it|describe)\(/.test(line),
  'a wait in a test': (line, path) => isTest(path) && /\bsetTimeout\(|timers\/promises/.test(line),
  // How fast a machine is decides nothing: what has to come is waited for, with the limits of vitest.config.ts; what is promised in seconds is measured where `MEASURES` says.
  'a limit of time of a test’s own': (line, path) =>
    isUntimed(path) && /\btimeout: [\d_]+|^\s*\}, \d+_\d+\);|\bvi\.wait(For|Until)\(/.test(line),
  'a time that was measured': (line, path) => isUntimed(path) && /\bperformance\.now\(|\bhrtime\b/.test(line),
};
const findings = (kind: string, path: string, text: string): string[] =>
  text.split('\n').flatMap((line, i) => (TABOOS[kind]!(line, path) ? [`${path}:${i + 1} ${line.trim()}`] : []));

const MOST_LINES = 250;
const MOST_LINES_OF_A_ROOM = 3000;
const isMeasured = (path: string): boolean => /^(src|plugins|packages)\/.*(?<!\.generated)\.ts$/.test(path) && !isTest(path);
const linesOf = (text: string): number => text.trimEnd().split('\n').length;
/** A name that would take in anything. */
const isVague = (path: string): boolean =>
  path.split('/').some((part) => /^(utils?|helpers?|common|misc)(\.|$)/i.test(part)) ||
  /[-.](utils?|helpers?|common|misc)\.\w+$/i.test(posix.basename(path));

describe('the files', () => {
  it('are many', () => {
    expect(TEXTS.length).toBeGreaterThan(400);
    expect(TEXTS.filter(([path]) => isMeasured(path)).length).toBeGreaterThan(250);
    expect(TEXTS.filter(([path]) => isTest(path)).length).toBeGreaterThan(50);
  });
  it.each(Object.keys(TABOOS))('do not hold %s', (kind) => {
    expect(TEXTS.flatMap(([path, text]) => findings(kind, path, text))).toEqual([]);
  });
  it('hold one thing each: none has more than 250 lines', () => {
    expect(TEXTS.filter(([path, text]) => isMeasured(path) && linesOf(text) > MOST_LINES).map(([path]) => path)).toEqual([]);
  });
  it('lie in rooms of the platform that one can know: none has more than 3,000 lines', () => {
    const rooms: Record<string, number> = {};
    for (const [path, text] of TEXTS) {
      const room = isMeasured(path) ? /^src\/platform\/([^/]+)\//.exec(path)?.[1] : undefined;
      if (room) rooms[room] = (rooms[room] ?? 0) + linesOf(text);
    }
    expect(Object.keys(rooms).length).toBeGreaterThan(10);
    expect(Object.entries(rooms).filter(([, lines]) => lines > MOST_LINES_OF_A_ROOM)).toEqual([]);
  });
  it('are named for what they hold', () => {
    expect(FILES.filter(isVague)).toEqual([]);
  });
});

describe('the check', () => {
  it.each([
    ['a path of some workplace', 'docs/start.md', 'Go to /work/main.'],
    ['a path of some workplace', 'README.md', 'see .library/README'],
    ['a temporary path', 'src/app/settings.ts', "const folder = '/tmp/guichet';"],
    ['what is left to do', 'src/app/settings.ts', '// TODO: more'],
    ['a check that is switched off', 'tests/a.test.ts', '// @ts-ignore'],
    ['a check that is switched off', 'src/a.ts', '// @ts-expect-error is not known here'],
    ['a type that is none', 'src/app/settings.ts', 'const a: any = 1;'],
    ['a type that is none', 'tests/a.test.ts', 'const b = a as any;'],
    ['a type that is none', 'tests/a.test.ts', 'const b = new Map<any, string>();'],
    ['a type that is none', 'src/testing/test-seat.ts', 'const b: any = 1;'],
    ['a type that is none', 'packages/backup/a.ts', 'const b: any = 1;'],
    ['a test that is left out or alone', 'tests/a.test.ts', "it.only('does', () => {});"],
    ['a test that is left out or alone', 'plugins/ordering/tests/a.test.ts', "describe.each([1]).skip('does', () => {});"],
    ['a wait in a test', 'tests/a.test.ts', 'await new Promise((done) => setTimeout(done, 100));'],
    ['a limit of time of a test’s own', 'tests/a.test.ts', "it('is quick', { timeout: 5_000 }, () => {});"],
    ['a limit of time of a test’s own', 'tests/a.test.ts', '}, 60_000);'],
    ['a limit of time of a test’s own', 'tests/a.test.ts', 'await vi.waitFor(() => expect(seen).toBe(1));'],
    ['a limit of time of a test’s own', 'tests/a.long.ts', "it('is slow', { timeout: 600_000 }, () => {});"],
    ['a time that was measured', 'plugins/ordering/tests/a.test.ts', 'const from = performance.now();'],
  ])('finds %s in %s', (kind, path, line) => {
    expect(findings(kind, path, `first\n${line}\n`)).toEqual([`${path}:2 ${line}`]);
  });
  it.each([
    ['a path of some workplace', 'docs/a.md', 'how they work, and https://example.com/work'],
    ['a temporary path', 'tests/a.test.ts', "const folder = '/tmp/guichet';"],
    ['what is left to do', 'src/a.ts', 'const todo = [];'],
    ['a check that is switched off', 'tests/a.test.ts', '// @ts-expect-error the type refuses it'],
    ['a type that is none', 'src/a.ts', ' * Whatever: any of these.'],
    ['a type that is none', 'src/a.ts', 'const text = `where id = any($1)`;'],
    ['a type that is none', 'src/testing/test-seat.ts', 'type Loose = any;'],
    ['a test that is left out or alone', 'tests/a.test.ts', "it('is done by the only admin', () => {});"],
    ['a wait in a test', 'src/a.ts', 'setTimeout(work, 5);'],
    ['a limit of time of a test’s own', 'tests/reliability/a.long.ts', "it('is slow', { timeout: 600_000 }, () => {});"],
    ['a limit of time of a test’s own', 'tests/a.test.ts', 'await expect.poll(seen).toBe(1);'],
    ['a time that was measured', 'tests/support/lateness.ts', 'let last = performance.now();'],
  ])('lets be what is not %s in %s', (kind, path, line) => {
    expect(findings(kind, path, line)).toEqual([]);
  });
  it.each(['src/app/utils.ts', 'src/domains/contacts/helpers/a.ts', 'tests/support/test-helper.ts', 'src/common/a.ts'])(
    'finds the name %s',
    (path) => {
      expect(isVague(path)).toBe(true);
    },
  );
  it.each(['src/sdk/contracts/contacts.ts', 'src/domains/contacts/contact.rules.ts', 'plugins/ordering/index.ts'])(
    'lets the name %s be',
    (path) => {
      expect(isVague(path)).toBe(false);
    },
  );
});
