import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { shownDeclaration } from './declaration.text.ts';
import { fieldsPage } from './fields-page.ts';

// `npm run reference`: docs/reference/, from what the SDK exports and how it is documented there, and from the kinds of field.

const ROOT = new URL('../', import.meta.url);
interface Door {
  readonly page: string;
  readonly specifier: string;
  readonly file: string;
}
const DOORS: readonly Door[] = [
  { page: 'sdk', specifier: '@guichet/sdk', file: 'src/sdk/index.ts' },
  { page: 'input', specifier: 'input` of `@guichet/sdk', file: 'src/sdk/input.ts' },
  { page: 'testing', specifier: '@guichet/sdk/testing', file: 'src/sdk/testing.ts' },
];
const DECLARED = /^export (?:async )?(?:abstract )?(?:const|function|class|interface|type) (\w+)/gm;
const EXPORTS = /export (?:type )?\{([^}]+)\} from '([^']+)'|export \* from '([^']+)'/g;
const COMMENT = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/;

/** What a file declares, as it is shown: its comment, and what it takes and gives. */
function declaredIn(file: URL): ReadonlyMap<string, string> {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(DECLARED)].map(({ 1: name, index }) => {
    const comment = COMMENT.exec(text.slice(0, index))?.[0].trim() ?? '';
    return [name!, `${comment}\n${shownDeclaration(text.slice(index))}`.trim()] as const;
  });
  return new Map(found.reverse()); // of overloads the first
}

function exportedBy({ file }: Door): [string, string][] {
  const door = new URL(file, ROOT);
  const text = readFileSync(door, 'utf8');
  const passed = [...text.matchAll(EXPORTS)].flatMap(([, names, from, whole]): [string, string][] => {
    const declared = declaredIn(new URL((from ?? whole)!, door));
    if (whole) return [...declared];
    const wanted = names!.split(',').flatMap(
      (one) =>
        one
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0] || [],
    );
    return wanted.map((name) => [name, declared.get(name) ?? '']);
  });
  return [...passed, ...declaredIn(door)].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

function pageOf(door: Door): string {
  const all = exportedBy(door);
  const missing = all.filter(([, text]) => !text).map(([name]) => name);
  if (missing.length) throw new Error(`${door.file} exports what is not found: ${missing.join(', ')}`);
  const entries = all.map(([name, text]) => `## ${name}\n\n\`\`\`ts\n${text}\n\`\`\`\n`);
  return `# \`${door.specifier}\`\n\nMade by \`npm run reference\` from the comments in the source: do not edit. [How a plugin is written](../plugin-tutorial.md) has all of it in use.\n\n${all.map(([name]) => `[${name}](#${name.toLowerCase()})`).join(' · ')}\n\n${entries.join('\n')}`;
}

const folder = new URL('docs/reference/', ROOT);
mkdirSync(folder, { recursive: true });
const pages: (readonly [name: string, page: () => string])[] = [
  ...DOORS.map((door) => [door.page, () => pageOf(door)] as const),
  ['fields', fieldsPage],
];
for (const [name, made] of pages) {
  const file = new URL(`${name}.md`, folder);
  const page = made();
  if (existsSync(file) && readFileSync(file, 'utf8') === page) continue;
  if (argv.includes('--check')) {
    console.error(`docs/reference/${name}.md is stale: run npm run reference.`);
    process.exitCode = 1;
  } else writeFileSync(file, page);
}
