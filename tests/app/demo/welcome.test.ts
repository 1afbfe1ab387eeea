import { expect, it } from 'vitest';
import { DEMO_SEATS } from '../../../src/app/demo/seats.ts';
import { printWelcome } from '../../../src/app/demo/welcome.ts';

const printed = (demo: boolean, url = 'http://127.0.0.1:4000', isUnfounded = demo, hasDemos = demo): string[] => {
  let text = '';
  printWelcome(
    url,
    { demo, isUnfounded, hasDemos },
    {
      write: (part) => {
        text += part;
      },
    },
  );
  return text.split('\n');
};

it('of a demo is one line a seat, and the address', () => {
  const lines = printed(true);
  for (const { name, role, phone, organization } of DEMO_SEATS) {
    const own = lines.filter((line) => line.includes(phone) && line.includes(organization.name));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatch(new RegExp(`^ {2}${name} `));
    expect(own[0]).toContain(role);
  }
  expect(lines).toContain('Open http://127.0.0.1:4000/ in a browser; the API is at http://127.0.0.1:4000/graphql');
});

it('of any other server is the address, and nobody’s phone', () => {
  expect(printed(false).filter(Boolean)).toEqual(['Guichet listens on http://127.0.0.1:4000']);
});

it('of one that has no organization says in one line how to found one', () => {
  const [line, address] = printed(false, undefined, true).filter(Boolean);
  expect(line).toMatch(/^There is no organization yet\. .*organization create --name .* --admin-name .* --admin-phone /);
  expect(address).toBe('Guichet listens on http://127.0.0.1:4000');
  expect(printed(true).join()).not.toContain('organization create');
});

it('of one that goes on with a demo’s database says in one line that the demo’s seats are closed', () => {
  const [line, address] = printed(false, undefined, false, true).filter(Boolean);
  expect(line).toBe('Demo organizations are in this database. DEMO is off, so nobody can sign in to their seats.');
  expect(address).toBe('Guichet listens on http://127.0.0.1:4000');
  expect(printed(true).join()).not.toContain('DEMO is off');
});

it.each([
  ['http://0.0.0.0:4000', 'http://127.0.0.1:4000'],
  ['http://[::]:4000', 'http://[::1]:4000'],
  ['http://192.0.2.7:80', 'http://192.0.2.7:80'],
])('of a demo on %s is to be opened at %s', (url, address) => {
  expect(printed(true, url)).toContain(`Open ${address}/ in a browser; the API is at ${address}/graphql`);
});
