import jsqr from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { type LinkFacts, linkState } from '../../../src/domains/joining/link-state.rules.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { actsFor } from '../audit/audit.fixture.ts';
import { departmentIds } from '../directory/directory.fixture.ts';
import { CREATE, LINKS, makeLink, outcomeOf, PAGE, REVOKE, UPDATE } from './joining.fixture.ts';

// a module of CommonJS, whose types have it one level deeper than it is
const jsQR = jsqr as unknown as typeof jsqr.default;
let now = new Date('2026-06-01T08:00:00Z');
const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ now: () => now, joinLimits: { unknownPerAddress: 5 } });
});
afterAll(() => server?.stop());

const page = async (code: string) => (await server.nobody.query(PAGE, { code })).windowLink;
const certify = (own: TestOrganization, level: 'ADVANCED' | 'BASIC') =>
  certifyOrganization(server.runtime, own.id, { level, reason: 'Looked at' });

/** What a scanner reads in a picture. */
async function scanned(picture: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(picture).flatten({ background: '#fff' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

describe('what somebody with a link finds (spec 5.5)', () => {
  const at = new Date('2026-06-01T08:00:00Z');
  const open: LinkFacts = { revokedAt: null, expiresAt: null, maxApplications: null, placesTaken: 7, serves: true };
  it.each<[string, Partial<LinkFacts>, string]>([
    ['without limits', {}, 'OPEN'],
    ['before its end', { expiresAt: new Date(at.getTime() + 1) }, 'OPEN'],
    ['at its end', { expiresAt: at }, 'ENDED'],
    ['taken back', { revokedAt: at }, 'ENDED'],
    ['with a place left', { maxApplications: 8 }, 'OPEN'],
    ['with the last place taken', { maxApplications: 7 }, 'FULL'],
    ['of a suspended window', { serves: false }, 'SUSPENDED'],
    ['of a suspended window, and full', { serves: false, maxApplications: 7 }, 'SUSPENDED'],
    ['of a suspended window, and taken back', { serves: false, revokedAt: at }, 'ENDED'],
  ])('%s', (_, facts, state) => expect(linkState({ ...open, ...facts }, at)).toBe(state));
});

describe('making a link (spec 5.5)', () => {
  it('is for every employee, and remembers who', async () => {
    const own = await server.organization();
    const link = await makeLink(own.colleague);
    expect(link).toMatchObject({
      ownerRule: 'SHARER',
      sharer: { id: own.colleague.id },
      visits: 0,
      applications: 0,
      tags: [],
      owner: null,
    });
    expect(link.code).toMatch(/^[\w-]{22}$/);
    expect(link.url).toBe(`${server.url}/join/${link.code}`);
    expect(await outcomeOf(own.customer, CREATE, {})).toBe('BAD_REQUEST'); // not on the portal
    expect(await actsFor(own.admin, { act: { equals: 'createWindowLink' } })).toHaveLength(1);
    const twice = await Promise.all([1, 2].map(() => makeLink(own.owner, { idempotencyKey: 'one' })));
    expect(twice[0]).toEqual(twice[1]);
  });

  it('gives a QR code that another reader reads, as SVG and as PNG', async () => {
    const own = await server.organization();
    const { qrSvg, qrPngUrl, url } = await makeLink(own.owner);
    expect(await scanned(await sharp(Buffer.from(qrSvg), { density: 600 }).png().toBuffer())).toBe(url);
    expect(qrPngUrl).toBe(`${url}/qr.png`);
    const picture = await fetch(qrPngUrl);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(await scanned(Buffer.from(await picture.arrayBuffer()))).toBe(url);
    expect((await fetch(`${server.url}/join/${'A'.repeat(22)}/qr.png`)).status).toBe(404);
  });

  it('carries tags and a rule for the owner', async () => {
    const own = await server.organization();
    const { Sales } = await departmentIds(own);
    const [key, regular, trade] = own.tagIds;
    const byRule = await makeLink(own.admin, { ownerRule: 'EMPLOYEE', ownerId: own.supervisor.id, tagIds: [key, trade] });
    expect(byRule).toMatchObject({ owner: { id: own.supervisor.id }, department: null });
    expect(byRule.tags.map(({ id }: { id: string }) => id).sort()).toEqual([key, trade].sort());
    expect(await makeLink(own.admin, { ownerRule: 'DEPARTMENT', departmentId: Sales })).toMatchObject({ department: { id: Sales } });
    expect(await outcomeOf(own.admin, CREATE, { ownerRule: 'EMPLOYEE' })).toMatchObject({
      issues: [{ path: ['input', 'ownerId'], code: 'REQUIRED' }],
    });
    expect(await outcomeOf(own.admin, CREATE, { ownerRule: 'DEPARTMENT' })).toMatchObject({
      issues: [{ path: ['input', 'departmentId'] }],
    });
    expect(await outcomeOf(own.admin, CREATE, { tagIds: [key, regular] })).toMatchObject({ issues: [{ code: 'ONE_OF_A_GROUP' }] });
    for (const [input, path] of [
      [{ departmentId: Sales }, 'departmentId'],
      [{ ownerId: own.owner.id }, 'ownerId'],
      [{ ownerRule: 'EMPLOYEE', ownerId: own.owner.id, departmentId: Sales }, 'departmentId'],
    ] as const)
      expect(await outcomeOf(own.admin, CREATE, input)).toMatchObject({ issues: [{ path: ['input', path], code: 'OF_ANOTHER_RULE' }] });
    for (const input of [{ tagIds: ['never issued'] }, { ownerId: own.customer.id }, { departmentId: 'never issued' }])
      expect((await outcomeOf(own.admin, CREATE, input)).__typename).toBe('NotFound');
  });

  it('is edited by whoever made it and by admins with WINDOW, by what was read', async () => {
    const own = await server.organization();
    const { Sales } = await departmentIds(own);
    const { id, version } = await makeLink(own.owner, { label: 'The fair', maxApplications: 3, tagIds: [own.tagIds[0]] });
    const edit = (input: object, seat = own.owner) => outcomeOf(seat, UPDATE, { linkId: id, ...input });
    const expiresAt = later(1).toISOString();
    const changed = { expectedVersion: version, label: 'The door', expiresAt, ownerRule: 'DEPARTMENT', departmentId: Sales };
    const { link } = await edit(changed);
    expect(link).toMatchObject({
      label: 'The door',
      expiresAt,
      maxApplications: 3,
      department: { id: Sales },
      tags: [{ id: own.tagIds[0] }],
    });
    expect((await edit(changed)).code).toBe('VERSION_CONFLICT');
    const now2 = { expectedVersion: link.version };
    expect(await edit({ ...now2, ownerRule: 'EMPLOYEE' })).toMatchObject({ issues: [{ path: ['input', 'ownerId'], code: 'REQUIRED' }] });
    expect(await edit({ ...now2, ownerId: own.owner.id })).toMatchObject({ issues: [{ code: 'OF_ANOTHER_RULE' }] });
    expect(await edit({ ...now2, expiresAt: now.toISOString() })).toMatchObject({ issues: [{ code: 'IN_THE_PAST' }] });
    for (const seat of [own.colleague, (await server.organization()).admin]) expect((await edit(now2, seat)).__typename).toBe('NotFound');
    const all = { expiresAt: null, maxApplications: null, label: '', tagIds: [], ownerRule: 'SHARER' };
    const { link: cleared } = await edit({ ...now2, ...all }, own.admin);
    expect(cleared).toMatchObject({ expiresAt: null, maxApplications: null, label: null, tags: [], department: null });
    const tagged = { expectedVersion: cleared.version, tagIds: [own.tagIds[0]] };
    expect((await edit(tagged)).link).toMatchObject({ version: cleared.version + 1, tags: [{ id: own.tagIds[0] }] });
    expect((await edit(tagged)).code).toBe('VERSION_CONFLICT');
    await own.owner.does(REVOKE, { input: { linkId: id } });
    expect((await edit({ expectedVersion: cleared.version + 2, label: 'Again' })).code).toBe('WINDOW_LINK_ENDED');
  });

  it('takes an end to come, and a number', async () => {
    const own = await server.organization();
    expect(await outcomeOf(own.owner, CREATE, { expiresAt: now.toISOString() })).toMatchObject({ issues: [{ code: 'IN_THE_PAST' }] });
    expect(await outcomeOf(own.owner, CREATE, { maxApplications: 0 })).toMatchObject({ issues: [{ path: ['input', 'maxApplications'] }] });
    const expiresAt = later(1).toISOString();
    expect(await makeLink(own.owner, { expiresAt, maxApplications: 3 })).toMatchObject({ expiresAt, maxApplications: 3 });
  });

  it('takes a window that serves', async () => {
    const none = await server.organization({ hasWindow: false, contacts: [] });
    expect((await outcomeOf(none.owner, CREATE, {})).__typename).toBe('WindowNotOpen');
    const own = await server.organization();
    await certify(own, 'BASIC');
    expect((await outcomeOf(own.owner, CREATE, {})).__typename).toBe('WindowSuspended');
  });
});

describe('who finds links, and takes them back (spec 5.5)', () => {
  it('each their own, admins with WINDOW all', async () => {
    const own = await server.organization();
    const [first, second] = [await makeLink(own.owner), await makeLink(own.colleague)];
    const idsOf = async (seat = own.admin): Promise<string[]> =>
      (await seat.query(LINKS)).windowLinks.nodes.map(({ id }: { id: string }) => id);
    expect(await idsOf()).toEqual([second.id, first.id]);
    expect(await idsOf(own.owner)).toEqual([first.id]);
    expect(await idsOf(own.formsAdmin)).toEqual([]);
    expect((await outcomeOf(own.colleague, REVOKE, { linkId: first.id })).__typename).toBe('NotFound');
    expect(await outcomeOf(own.admin, REVOKE, { linkId: first.id })).toMatchObject({
      link: { revokedAt: now.toISOString(), revokedBy: { id: own.admin.id } },
    });
    expect(await outcomeOf(own.owner, REVOKE, { linkId: first.id })).toMatchObject({ link: { revokedBy: { id: own.admin.id } } });
    const other = await server.organization();
    expect((await outcomeOf(other.admin, REVOKE, { linkId: first.id })).__typename).toBe('NotFound');
  });
});

describe('the page of a link, as data (spec 5.5)', () => {
  it('tells whose window it is and greets, and counts the visit', async () => {
    const own = await server.organization();
    const link = await makeLink(own.owner);
    for (const seat of [server.nobody, own.customer, own.colleague])
      expect((await seat.query(PAGE, { code: link.code })).windowLink).toEqual({
        state: 'OPEN',
        organizationName: 'Test Works',
        welcome: null,
      });
    expect((await own.owner.query(LINKS)).windowLinks.nodes).toMatchObject([{ id: link.id, visits: 3, applications: 0 }]);
  });

  it('tells nothing where nobody can apply', async () => {
    const own = await server.organization();
    const [timed, revoked, plain] = [
      await makeLink(own.owner, { expiresAt: later(1).toISOString() }),
      await makeLink(own.owner),
      await makeLink(own.owner),
    ];
    await own.owner.does(REVOKE, { input: { linkId: revoked.id } });
    expect(await page(revoked.code)).toEqual({ state: 'ENDED', organizationName: null, welcome: null });
    expect(await page(timed.code)).toMatchObject({ state: 'OPEN' });
    now = later(1);
    expect(await page(timed.code)).toEqual({ state: 'ENDED', organizationName: null, welcome: null });
    await certify(own, 'BASIC');
    expect(await page(plain.code)).toEqual({ state: 'SUSPENDED', organizationName: null, welcome: null });
    expect(await page(revoked.code)).toMatchObject({ state: 'ENDED' });
    await certify(own, 'ADVANCED');
    expect(await page(plain.code)).toMatchObject({ state: 'OPEN' });
  });

  it('is refused to whoever guesses, for an hour; a good code is good all the while', async () => {
    const own = await server.organization();
    const { code } = await makeLink(own.owner);
    for (let guess = 0; guess < 5; guess++) expect(await page('A'.repeat(21) + guess)).toBeNull();
    const { errors } = await server.nobody.ask(PAGE, { code: 'A'.repeat(22) });
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: 3600 } }]);
    expect(await page(code)).toMatchObject({ state: 'OPEN' });
    now = later(1);
    expect(await page('A'.repeat(22))).toBeNull();
  });
});
