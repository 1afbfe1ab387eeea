import { commandFor } from '../home.ts';
import { DEMO_SEATS } from './seats.ts';

/** For a server on which nobody could sign in. */
const FOUND_ONE = `There is no organization yet. Found one: ${commandFor('organization create --name "…" --admin-name "…" --admin-phone "+86…"')}`;

/** For a server that goes on with the database of a demo. */
const DEMOS_CLOSED = 'Demo organizations are in this database. DEMO is off, so nobody can sign in to their seats.';

interface Welcomed {
  readonly demo: boolean;
  /** No organization is there but those of a demo. */
  readonly isUnfounded: boolean;
  /** Organizations of a demo lie in the database. */
  readonly hasDemos: boolean;
}
/** What a newcomer reads after `npm start`: the address, and on a demo one line a seat; without any organization how to found one. */
export function printWelcome(
  url: string,
  { demo, isUnfounded, hasDemos }: Welcomed,
  output: { write(text: string): unknown } = process.stdout,
): void {
  if (!demo) {
    output.write(`\n${isUnfounded ? `${FOUND_ONE}\n` : ''}${hasDemos ? `${DEMOS_CLOSED}\n` : ''}Guichet listens on ${url}\n`);
    return;
  }
  const width = (of: (seat: (typeof DEMO_SEATS)[number]) => string): number => Math.max(...DEMO_SEATS.map((seat) => of(seat).length));
  const names = width(({ name }) => name);
  const roles = width(({ role }) => role);
  const lines = DEMO_SEATS.map(
    ({ name, role, phone, organization }) => `  ${name.padEnd(names)}  ${role.padEnd(roles)}  ${phone}  ${organization.name}`,
  );
  const address = reachable(url);
  output.write(
    `\nGuichet demo. Seats (sign-in code 246810):\n${lines.join('\n')}\n\nOpen ${address}/ in a browser; the API is at ${address}/graphql\n`,
  );
}

/** Listening on all addresses is no address to open. */
const reachable = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
