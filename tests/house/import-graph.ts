import { posix } from 'node:path';
import { init, parse } from 'es-module-lexer';

/** One file that names another, or a package; types count as values do. */
export interface Arrow {
  readonly from: string;
  /** As it is written. */
  readonly specifier: string;
  /** The file, from the root; the specifier itself where it is a package's. */
  readonly to: string;
}
/** Sources by their paths from the root. */
export type Sources = ReadonlyMap<string, string>;

const WORKSPACES: Readonly<Record<string, string>> = {
  '@guichet/sdk': 'src/sdk/index.ts',
  '@guichet/sdk/testing': 'src/sdk/testing.ts',
  '@guichet/backup': 'packages/backup/index.ts',
  '@guichet/embedded-postgres': 'packages/embedded-postgres/index.ts',
  '@guichet/forms': 'packages/forms/index.ts',
};

await init();
/** What a module's source names: imports and re-exports, of types too, and calls of `import()` with a constant. */
export const specifiersOf = (source: string): string[] => parse(source)[0].flatMap(({ specifier }) => specifier ?? []);

export const arrowsOf = (sources: Sources): Arrow[] =>
  [...sources].flatMap(([from, source]) => specifiersOf(source).map((specifier) => ({ from, specifier, to: targetOf(from, specifier) })));

const targetOf = (from: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : (WORKSPACES[specifier] ?? specifier);

/** Low to high (docs/architecture.md): imports go down. */
const FLOORS = ['packages/forms/', 'src/platform/', 'src/sdk/', 'src/domains/', 'packages/', 'src/app/', 'src/testing/', 'src/main.ts'];
const floorOf = (path: string): number => FLOORS.findIndex((floor) => path.startsWith(floor));
const isFile = ({ specifier, to }: Arrow): boolean => specifier.startsWith('.') || to !== specifier;
const told = ({ from, specifier }: Arrow): string => `${from} imports ${specifier}`;

/** Arrows of `src/` that go up, or out of it. @param isExcepted arrows that are let pass */
export const upwardArrows = (arrows: readonly Arrow[], isExcepted: (arrow: Arrow) => boolean = () => false): string[] =>
  arrows
    .filter((arrow) => arrow.from.startsWith('src/') && isFile(arrow) && !isExcepted(arrow))
    .filter(({ from, to }) => floorOf(to) < 0 || floorOf(to) > floorOf(from))
    .map(told);

/** What domains import of the platform past the SDK: core is plugins too (docs/architecture.md). */
export const pastTheSdk = (arrows: readonly Arrow[]): string[] =>
  arrows.filter(({ from, to }) => from.startsWith('src/domains/') && to.startsWith('src/platform/')).map(told);

/** Arrows past the front door of a domain, from anywhere outside it. */
export const reachesInside = (arrows: readonly Arrow[]): string[] =>
  arrows
    .filter(({ from, to }) => {
      const [, domain, inside] = /^(src\/domains\/[^/]+\/)(.+)$/.exec(to) ?? [];
      return domain !== undefined && inside !== 'index.ts' && !from.startsWith(domain);
    })
    .map(told);

const PACKAGE = /^(packages\/[^/]+\/)(tests\/)?/;

/** What packages import beside other people's packages and themselves, and files inside them that are named from elsewhere. */
export const packageArrows = (arrows: readonly Arrow[]): string[] =>
  arrows
    .filter(({ from, specifier, to }) => {
      const [, own, isTest] = PACKAGE.exec(from) ?? [];
      const [, other, isOfTests] = PACKAGE.exec(to) ?? [];
      if (!own) return other !== undefined && specifier.startsWith('.');
      if (specifier.startsWith('.')) return other !== own || (!isTest && isOfTests !== undefined);
      return specifier === 'vitest' ? !isTest : specifier.startsWith('@guichet/');
    })
    .map(told);

const PLUGIN = /^(plugins\/[^/]+\/)(tests\/)?/;

/** What plugins import beside packages, the SDK and themselves. */
export const pluginArrows = (arrows: readonly Arrow[]): string[] =>
  arrows
    .filter(({ from, specifier, to }) => {
      const [, plugin, isTest] = PLUGIN.exec(from) ?? [];
      if (!plugin) return false;
      if (specifier.startsWith('.')) return !to.startsWith(plugin) || (!isTest && PLUGIN.exec(to)?.[2] !== undefined);
      if (specifier === 'vitest' || specifier === '@guichet/sdk/testing') return !isTest;
      return specifier.startsWith('@guichet/') && specifier !== '@guichet/sdk' && !specifier.startsWith('@guichet/plugin-');
    })
    .map(told);

/** Files that lead back to themselves. */
export function cycles(arrows: readonly Arrow[]): string[] {
  const targets = Map.groupBy(arrows.filter(isFile), ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) found.push([...trail.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}
