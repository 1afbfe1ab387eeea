import { describe, expect, it } from 'vitest';
import { readText } from './repository.files.ts';

// What the command line can do, and what the docs say that it can.

const SOURCE = ['src/app/command-line.ts', 'src/app/organization.commands.ts', 'src/app/jobs.commands.ts'].map(readText).join('\n');
/** A command of a group is written with its group: `plugin new`. */
const COMMANDS = [...SOURCE.matchAll(/(?:\b(plugin|organization|jobs)\s*)?\.command\('(\w+)/g)].map(([, group, name]) =>
  group ? `${group} ${name}` : name!,
);
const ROW = readText('docs/api.md')
  .split('\n')
  .find((line) => line.startsWith('| `npm run guichet -- <command>` |'))!;
const [built, notYet = ''] = ROW.split('*Not yet*');
const namesIn = (text: string): string[] => [...text.matchAll(/`([a-z ]+)`/g)].map(([, name]) => name!);

describe('the commands in docs/api.md', () => {
  it('are those that there are', () => {
    const groups = new Set(COMMANDS.flatMap((name) => (name.includes(' ') ? [name.split(' ')[0]] : [])));
    expect(COMMANDS.length).toBeGreaterThan(10);
    expect(namesIn(built!.slice(built!.indexOf('command') + 10)).sort()).toEqual(COMMANDS.filter((name) => !groups.has(name)).sort());
  });

  it('are not said to be missing', () => {
    expect(namesIn(notYet).filter((name) => COMMANDS.includes(name))).toEqual([]);
  });
});
