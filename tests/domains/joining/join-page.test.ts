import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { applyToWindow } from '../../../src/domains/joining/index.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPLICATIONS, LINKS, Messages, makeLink, REVOKE } from './joining.fixture.ts';

const messages = new Messages();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ sms: messages, joinLimits: { unknownPerAddress: 8, perPhone: 3 }, portalUrl: 'https://app.example/in' });
});
afterAll(() => server?.stop());

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly cookie: string;
  readonly token: string;
}
async function shown(response: Response): Promise<Shown> {
  const text = await response.text();
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: response.status, text, headers: response.headers, cookie, token: /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '' };
}
const get = async (url: string, headers: Record<string, string> = {}): Promise<Shown> => shown(await fetch(url, { headers }));
/** What a browser sends that has the page open. */
const post = async (url: string, { cookie, token }: Shown, fields: object, headers: Record<string, string> = {}): Promise<Shown> =>
  shown(
    await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: server.url, 'sec-fetch-site': 'same-origin', ...headers },
      body: new URLSearchParams({ token, ...fields }),
    }),
  );
const waiting = async ({ admin }: TestOrganization) => (await admin.query(APPLICATIONS, {})).joinApplications.nodes;

describe('the page of a link (spec 5.6)', () => {
  it('is small, loads nothing, runs nothing, and is framed by nobody', async () => {
    const own = await server.organization();
    const { url } = await makeLink(own.owner);
    const { status, text, headers } = await get(url);
    expect(status).toBe(200);
    expect(Buffer.byteLength(text)).toBeLessThan(30_000);
    expect(text).not.toMatch(/<script|src=|href=|javascript:|@import|url\(/i);
    const policy = headers.get('content-security-policy')!;
    for (const part of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toContain('unsafe');
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers.get('set-cookie')).toMatch(/^guichet_join=[\w-]{22}; Path=\/join\/; Max-Age=7200; HttpOnly; SameSite=Lax$/);
    expect((await own.owner.query(LINKS)).windowLinks.nodes).toMatchObject([{ visits: 1 }]);
  });

  it('speaks the language of the browser, and labels every field', async () => {
    const own = await server.organization();
    const { url } = await makeLink(own.owner);
    const chinese = await get(url, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' });
    expect(chinese.text).toContain('<html lang="zh-CN">');
    expect(chinese.text).toContain('加入Test Works');
    expect(chinese.headers.get('content-language')).toBe('zh-CN');
    const { text, headers } = await get(url, { 'accept-language': 'fr' });
    expect(text).toContain('Join Test Works');
    expect(headers.get('vary')).toContain('Accept-Language');
    const fields = [...text.matchAll(/<(?:input|textarea) id="(\w+)"/g)].map(([, id]) => id!);
    expect(fields).toEqual(['name', 'phone', 'message']);
    for (const id of fields) expect(text).toContain(`<label for="${id}">`);
  });

  it('takes an application whose number was proven, once', async () => {
    const own = await server.organization();
    const { url } = await makeLink(own.owner);
    const page = await get(url);
    const written = { name: 'Hu "Yan" <i>', phone: newPhone(), message: 'Line\r\nand line' };
    const asked = await post(url, page, { ...written, step: 'code' });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('value="Hu &quot;Yan&quot; &lt;i&gt;"');
    expect(asked.text).toContain('autocomplete="one-time-code"');
    expect(await waiting(own)).toEqual([]);
    await server.runtime.door.texts.settled();
    expect((await post(url, page, { ...written, step: 'another' })).text).toContain('role="status">Another code is on its way');
    await server.runtime.door.texts.settled();
    const wrong = await post(url, page, { ...written, step: 'apply', verificationCode: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/aria-invalid="true" aria-describedby="verificationCode-fault"/);
    expect(wrong.text).toContain('Write the six digits');
    const done = await post(url, page, { ...written, step: 'apply', verificationCode: messages.code(written.phone) });
    const place = done.headers.get('location')!;
    expect([done.status, place.split('=')[0]]).toEqual([303, `${new URL(url).pathname}?done`]);
    const shownDone = (await get(`${server.url}${place}`, { cookie: page.cookie })).text;
    expect(shownDone).toContain('on its way');
    expect(shownDone).toContain('<a href="https://app.example/in">');
    for (const other of [`${url}?done`, `${url}?done=x`, `${server.url}${place}`])
      expect((await get(other)).text).not.toContain('on its way');
    expect(await waiting(own)).toMatchObject([{ name: written.name, phoneProven: true, message: 'Line\nand line' }]);
    const again = await post(url, page, { ...written, step: 'apply', verificationCode: messages.code(written.phone) });
    expect(again.status).toBe(422);
    expect(await waiting(own)).toHaveLength(1);
  });

  it('says each fault beside its field, and keeps what was written', async () => {
    const own = await server.organization();
    const { url } = await makeLink(own.owner);
    const page = await get(url);
    const faults = async (fields: object, language = 'en') => {
      const { status, text } = await post(
        url,
        page,
        { step: 'code', name: 'Hu', phone: newPhone(), ...fields },
        { 'accept-language': language },
      );
      return [status, ...[...text.matchAll(/<p class="fault" id="(\w+)-fault">([^<]+)</g)].map(([, id, fault]) => `${id}: ${fault}`)];
    };
    expect(await faults({ name: ' ', phone: '' })).toEqual([422, 'name: This must not be empty.', 'phone: This must not be empty.']);
    expect(await faults({ phone: '12345' }, 'zh-CN')).toEqual([422, 'phone: 这不是有效的电话号码。']);
    expect(await faults({ phone: '0755 8600 1234' })).toEqual([
      422,
      'phone: This is no mobile number, or has an extension: a code can only be sent to a mobile.',
    ]);
    expect(await faults({ message: 'x'.repeat(501) })).toEqual([422, 'message: At most 500 characters; these are more.']);
    const kept = await post(url, page, { step: 'code', name: 'Hu Yan', phone: '1', message: 'Kept' });
    expect(kept.text).toContain('value="Hu Yan"');
    expect(kept.text).toContain('Kept</textarea>');
    const back = await post(url, page, { step: 'details', name: 'Hu Yan', phone: '1' });
    expect([back.status, back.text.includes('value="Hu Yan"')]).toEqual([200, true]);
  });
});

describe('requests that no page of this server sends (spec 5.6)', () => {
  it('come from elsewhere, without the form’s token or its cookie', async () => {
    const own = await server.organization();
    const [{ url }, other] = [await makeLink(own.owner), await makeLink(own.owner)];
    const page = await get(url);
    const form = { step: 'code', name: 'Hu Yan', phone: newPhone() };
    expect((await post(url, page, form, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(url, page, form, { origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    for (const forged of [
      { ...page, token: 'x' },
      { ...page, cookie: '' },
      { ...page, cookie: 'guichet_join=AAAAAAAAAAAAAAAAAAAAAA' },
    ]) {
      const answer = await post(url, forged, form);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('value="Hu Yan"'); // for whoever has waited for too long
      expect(answer.text).toContain('open for too long');
      expect(answer.text.includes('Allow cookies')).toBe(forged.cookie === '');
    }
    expect((await post(other.url, page, form)).status).toBe(403);
    const large = await post(url, { ...page, cookie: '' }, { ...form, message: '"'.repeat(10_000), name: '"'.repeat(500) });
    expect(Buffer.byteLength(large.text)).toBeLessThan(30_000);
    await server.runtime.door.texts.settled();
    expect(messages.to(form.phone)).toEqual([]);
    expect((await post(url, page, { ...form, message: 'x'.repeat(40_000) })).text).toContain('role="alert">The body is longer');
    expect((await fetch(url, { method: 'PUT' })).status).toBe(405);
  });

  it('past a limit are told so on the page', async () => {
    const own = await server.organization();
    const { url } = await makeLink(own.owner);
    const page = await get(url);
    const form = { step: 'code', name: 'Hu Yan', phone: newPhone() };
    for (let i = 0; i < 3; i++) expect((await post(url, page, form)).status).toBe(200);
    const answer = await post(url, page, form);
    expect(answer.status).toBe(429);
    expect(answer.text).toMatch(/role="alert">Too many codes were asked for. Try again later. You can do so in \d+ minutes\./);
    // whoever has a code still writes it, also who has changed something before
    for (const step of ['code', 'another']) {
      const again = await post(url, page, { ...form, step });
      expect([again.status, Number(again.headers.get('retry-after')) > 60]).toEqual([429, true]);
      expect(again.text).toContain('id="verificationCode"');
    }
  });
});

describe('a link by which nobody can apply (spec 5.5)', () => {
  it('tells no more than it must, and nothing to be filled in', async () => {
    const own = await server.organization();
    const [revoked, full, plain] = [
      await makeLink(own.owner),
      await makeLink(own.owner, { maxApplications: 1 }),
      await makeLink(own.owner),
    ];
    const open = await get(revoked.url);
    await own.owner.does(REVOKE, { input: { linkId: revoked.id } });
    const account = { phone: newPhone(), isProven: true, name: 'Hu' };
    await applyToWindow(server.runtime.joins, full.code, {}, { address: '203.0.113.9', language: 'en', account });
    const seen = async (url: string, page?: Shown) => {
      const { status, text, headers } = page ? await post(url, page, { step: 'code', name: 'Hu', phone: newPhone() }) : await get(url);
      for (const told of ['Test Works', '<form', own.id]) expect(text).not.toContain(told);
      expect(headers.get('set-cookie')).toBeNull();
      return [status, /<h1>([^<]+)</.exec(text)![1]];
    };
    expect(await seen(revoked.url)).toEqual([410, 'This link has ended']);
    expect(await seen(revoked.url, open)).toEqual([410, 'This link has ended']); // while its page is open
    expect(await seen(full.url)).toEqual([410, 'This link takes no more applications']);
    expect((await fetch(`${revoked.url}/qr.png`)).status).toBe(410);
    expect((await fetch(`${full.url}/qr.png`)).status).toBe(200);
    await certifyOrganization(server.runtime, own.id, { level: 'BASIC', reason: 'Looked at' });
    expect(await seen(plain.url)).toEqual([503, 'This window is closed for now']);
    expect((await get(plain.url)).text).toContain('class="mark red"');
    expect((await fetch(`${plain.url}/qr.png`)).status).toBe(503);
    for (const unknown of ['A'.repeat(22), 'short', `${plain.code}x`, `${plain.code}/more`, '%00', ''])
      expect(await seen(`${server.url}/join/${unknown}`)).toEqual([404, 'There is nothing at this address']);
    for (let i = 0; i < 10; i++) await get(`${server.url}/join/${'B'.repeat(21)}${i}`);
    expect(await seen(`${server.url}/join/${'A'.repeat(22)}`)).toEqual([429, 'Too many requests']);
    expect(await seen(plain.url)).toEqual([503, 'This window is closed for now']); // a good code is good, whoever else is there
  });
});
