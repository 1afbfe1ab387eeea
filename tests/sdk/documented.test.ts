import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// Whatever a plugin author can import says what it is for (house 6): read from the sources, as an editor shows it.

const SDK = new URL('../../src/sdk/', import.meta.url);
const FRONT_DOORS = ['index.ts', 'input.ts', 'testing.ts'].map((name) => new URL(name, SDK));
const source = (file: URL): string => readFileSync(file, 'utf8');

interface Export {
  readonly name: string;
  readonly file: URL;
}
const DECLARED = /^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm;
const namesIn = (file: URL): string[] => [...new Set(Array.from(source(file).matchAll(DECLARED), ([, name]) => name!))];

/** Names as they are declared, with the files that declare them. */
function exportsOf(door: URL): Export[] {
  const text = source(door);
  const named = [...text.matchAll(/export (?:type )?\{([^}]+)\} from '([^']+)'/g)].flatMap(([, names, from]) =>
    names!.split(',').flatMap((part) => {
      const name = part
        .trim()
        .replace(/^type /, '')
        .replace(/ as .*/, '');
      return name ? [{ name, file: new URL(from!, door) }] : [];
    }),
  );
  const whole = [...text.matchAll(/export \* from '([^']+)'/g)].flatMap(([, from]) => {
    const file = new URL(from!, door);
    return namesIn(file).map((name) => ({ name, file }));
  });
  return [...named, ...whole];
}

/** The comment right before a place in a text. */
const commentBefore = (text: string, at: number): string => /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(0, at))?.[0] ?? '';
function commentOf({ name, file }: Export): string {
  const text = source(file);
  const found = new RegExp(`^export (?:async )?(?:const|function|class|interface|type) ${name}\\b`, 'm').exec(text);
  if (!found) throw new Error(`${file.pathname} does not declare ${name}.`);
  return commentBefore(text, found.index);
}
const all = FRONT_DOORS.flatMap(exportsOf);

describe('the SDK', () => {
  it('has a doc comment on everything that it exports', () => {
    expect(all.length).toBeGreaterThan(110);
    expect(all.filter((one) => !commentOf(one)).map(({ name }) => name)).toEqual([]);
  });
  it.each([
    'defineModule',
    'tenantEntity',
    'rule',
    'way',
    'wayAmong',
    'heldByAll',
    'heldToward',
    'sql',
    'refusalType',
    'refs',
    'listen',
    'testPlugin',
  ])('shows how %s is used', (name) => {
    const found = all.find((one) => one.name === name);
    expect(found && commentOf(found)).toContain('@example');
  });
  const PLATFORM = new URL('../../src/platform/', import.meta.url);
  it.each([
    ['GuichetBuilderMethods', new URL('schema/schema-builder.ts', PLATFORM)],
    ['EntityFieldBuilder', new URL('schema/entity-field-builder.ts', PLATFORM)],
    ['GuichetInputs', new URL('input/input-fields.ts', PLATFORM)],
    ['UseCase', all.find(({ name }) => name === 'UseCase')!.file],
  ])('says what each method of %s does', (name, file) => {
    const text = source(file);
    const body = text.slice(text.search(new RegExp(`^export (?:class|interface) ${name}\\b`, 'm')));
    const methods = [...body.slice(0, body.search(/^}/m)).matchAll(/^ {2}(?!constructor)(?:async )?([a-z]\w*)[<(]/gm)];
    expect(methods.length).toBeGreaterThan(6);
    expect(methods.filter(({ index }) => !commentBefore(body, index)).map(([, method]) => method)).toEqual([]);
  });
  it('exports nothing that opens the server itself', () => {
    const names = all.map(({ name }) => name);
    for (const inside of ['serverSecret', 'identityDoor', 'createPool', 'inTransaction', 'Declarations', 'makeBuilder'])
      expect(names).not.toContain(inside);
  });
});
