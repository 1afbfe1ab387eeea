import jsqr from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../src/testing/test-organization.ts';
import { TestSeat } from '../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../src/testing/test-server.ts';
import { ACCEPT, Messages, makeLink } from './domains/joining/joining.fixture.ts';
import { placeOrder } from './support/form-moves.ts';
import { inSteps } from './support/in-steps.ts';

// Scan, apply, accepted, first order (spec 5.5, 5.6, 6.2): over HTTP, sockets and the page that a scanner opens.

// a module of CommonJS, whose types have it one level deeper than it is
const jsQR = jsqr as unknown as typeof jsqr.default;
const APPLICATIONS = '{ joinApplications { liveCursor nodes { id } } }';
const FOLLOW = 'subscription ($after: EventCursor) { joinApplications(after: $after) { kind application { id name phone state } } }';
const TASKS = '{ myTasks { liveCursor nodes { id form { contact { name } } } } }';
const TASKS_LIVE = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind task { form { contact { name } } } } }';
const REQUEST = 'mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }';
const SIGN_IN =
  'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token seat { id name organization { name } } } } }';

const messages = new Messages();
const phone = newPhone();
let server: TestServer;
let own: TestOrganization;
let link: { readonly qrPngUrl: string; readonly url: string };
let application: string;
let hu: TestSeat;
beforeAll(async () => {
  server = await startTestServer({ sms: messages });
  own = await server.organization({ name: 'Qinghe Tools' });
});
afterAll(() => server?.stop());

inSteps('somebody comes by a QR code', () => {
  it('a salesman prints it', async () => {
    link = await makeLink(own.owner, { tagIds: [own.tagIds[0]] });
    const png = Buffer.from(await (await fetch(link.qrPngUrl)).arrayBuffer());
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(jsQR(new Uint8ClampedArray(data), info.width, info.height)!.data).toBe(link.url);
  });

  it('a customer scans it and applies, and the admin sees it come', async () => {
    const { liveCursor } = (await own.admin.query(APPLICATIONS)).joinApplications;
    const live = own.admin.follow(FOLLOW, { after: liveCursor });
    await live.opened;
    const page = await fetch(link.url);
    const cookie = page.headers.get('set-cookie')!.split(';')[0]!;
    const token = /name="token" value="([^"]+)"/.exec(await page.text())![1]!;
    const send = (fields: object) =>
      fetch(link.url, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, origin: server.url },
        body: new URLSearchParams({ token, name: 'Hu Yan', phone, message: '', ...fields }),
      });
    expect((await send({ step: 'code' })).status).toBe(200);
    await server.runtime.door.texts.settled();
    expect((await send({ step: 'apply', verificationCode: messages.code(phone) })).status).toBe(303);
    const event = await live.next();
    expect(event).toMatchObject({ kind: 'CAME', application: { name: 'Hu Yan', phone, state: 'PENDING' } });
    application = event.application.id;
    await live.stop();
  });

  it('the admin lets her in, and she is told', async () => {
    const { results } = await own.admin.does(ACCEPT, { input: { applicationIds: [application], idempotencyKey: 'in' } });
    expect(results).toMatchObject([{ wasKnown: false }]);
    await expect.poll(() => messages.to(phone).at(-1)?.kind).toBe('JOIN_ACCEPTED');
  });

  it('she signs in with her number', async () => {
    await server.nobody.does(REQUEST, { input: { phone } });
    await server.runtime.door.texts.settled();
    const code = messages.to(phone).at(-1)!.parameters.code;
    const { token, seat } = await server.nobody.does(SIGN_IN, { input: { phone, code } });
    expect(seat).toMatchObject({ name: 'Hu Yan', organization: { name: 'Qinghe Tools' } });
    hu = new TestSeat({ id: seat.id, name: 'Hu Yan', token, url: server.url });
    expect((await hu.query('{ serviceWindow { state } }')).serviceWindow).toEqual({ state: 'OPEN' });
  });

  it('and her first order comes to the salesman', async () => {
    const live = own.owner.follow(TASKS_LIVE, { after: (await own.owner.query(TASKS)).myTasks.liveCursor });
    await placeOrder(hu);
    expect(await live.next()).toMatchObject({ task: { form: { contact: { name: 'Hu Yan' } } } });
    await live.stop();
    const { nodes } = (await own.owner.query('{ contacts(list: MINE, search: "Hu Yan") { nodes { source } } }')).contacts;
    expect(nodes).toEqual([{ source: 'LINK' }]);
  });
});
