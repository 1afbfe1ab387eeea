import { stripTypeScriptTypes } from 'node:module';
import { posix } from 'node:path';
import { init, parse } from 'es-module-lexer';

/** Packages of this repository that are part of the core, by their names: packed, they lie in it as folders. */
const INSIDE: Readonly<Record<string, string>> = {
  '@guichet/backup': 'packages/backup/index.ts',
  '@guichet/embedded-postgres': 'packages/embedded-postgres/index.ts',
  '@guichet/forms': 'packages/forms/index.ts',
};
const SIBLING = /(\bnew URL\('\.[^']*)\.ts(', import\.meta\.url\))/g;

await init();

/**
 * What Node runs of a TypeScript file, as JavaScript: types are blanked out, as Node does it in a clone, so lines and columns stay where they
 * are, and files are called by the names that they have then.
 * @param path of the file, from the root
 */
export const javascriptOf = (source: string, path: string): string =>
  renamed(stripTypeScriptTypes(source, { mode: 'strip' }), path, '.js').replace(SIBLING, '$1.js$2');

/** The same of a file of declarations, whose neighbours have no other file. */
export const declarationOf = (source: string, path: string): string => renamed(source, path, '.js');

/** The files of this repository that a file of declarations takes types from, from the root. */
export const declarationsNamedIn = (source: string, path: string): string[] =>
  parse(source)[0].flatMap(({ specifier }) => (specifier ? (fileOf(specifier, path)?.replace(/\.ts$/, '.d.ts') ?? []) : []));

function fileOf(specifier: string, path: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  return INSIDE[specifier];
}

function renamed(source: string, path: string, ending: string): string {
  let text = source;
  for (const { start, end, specifier, type } of parse(source)[0].toReversed()) {
    const file = specifier ? fileOf(specifier, path) : undefined;
    if (!file?.endsWith('.ts')) continue;
    const way = posix.relative(posix.dirname(path), file).replace(/\.ts$/, ending);
    const named = way.startsWith('.') ? way : `./${way}`;
    text = `${text.slice(0, start)}${type === 'dynamic' ? `'${named}'` : named}${text.slice(end)}`;
  }
  return text;
}
