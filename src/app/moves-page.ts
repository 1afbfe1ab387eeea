import type { Move, Moves } from '../sdk/index.ts';
import { SCHEMA_COMMAND } from './home.ts';
import type { LoadedModule } from './loaded-module.ts';

/** A page for each module that declares moves: their picture, and who makes them (spec 8.5). */
export const movesPages = (modules: readonly LoadedModule[]): [string, string][] =>
  modules
    .filter(({ moves = [] }) => moves.length)
    .map(({ name, moves = [] }) => [
      `docs/plugins/${name}.md`,
      [
        `# How things move in ${name}\n`,
        `Made by \`${SCHEMA_COMMAND}\` from what the module declares: its rules and refusals come from the same place.\n`,
        ...moves.map(section),
      ].join('\n'),
    ]);

function section({ name, description, begins, states, moves, byItself = {} }: Moves): string {
  const all = [...Object.entries(moves), ...Object.entries(byItself)];
  const arrows = all.flatMap(([move, { from, to = [], staysIn = [] }]) =>
    from.flatMap((at) => (staysIn.includes(at) ? [] : to.map((then) => `  ${at} --> ${then}: ${move}`))),
  );
  const ends = Object.keys(states).filter((state) => !all.some(([, { from }]) => from.includes(state)));
  return [
    `## ${name}\n`,
    `${description}\n`,
    '```mermaid\nstateDiagram-v2',
    `  [*] --> ${begins}`,
    ...arrows,
    ...ends.map((state) => `  ${state} --> [*]`),
    '```\n',
    '| state | meaning |\n| --- | --- |',
    ...Object.entries(states).map(([state, meaning]) => `| \`${state}\` | ${meaning} |`),
    '\n| move | from | to | who | what it does |\n| --- | --- | --- | --- | --- |',
    ...Object.entries(moves).map(
      ([move, { who, description, ...way }]) =>
        `| \`${move}\` | ${listed(way.from)} | ${destinations(way)} | \`${who.name}\`: ${listed(who.roles.map((role) => role.name))} | ${description} |`,
    ),
    ...Object.entries(byItself).map(
      ([move, { description, ...way }]) =>
        `| \`${move}\` | ${listed(way.from)} | ${destinations(way)} | the server, by itself | ${description} |`,
    ),
    '',
  ].join('\n');
}

const destinations = ({ to, staysIn }: Pick<Move, 'to' | 'staysIn'>): string =>
  to === undefined ? 'stays' : `${listed(to)}${staysIn ? `; stays in ${listed(staysIn)}` : ''}`;
const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');
