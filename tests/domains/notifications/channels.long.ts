import { createHmac } from 'node:crypto';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelSettings } from '../../../src/app/channel-settings.ts';
import { certifyOrganization } from '../../../src/app/founding/certify-organization.ts';
import { smtpNotifier } from '../../../src/domains/notifications/index.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { OutgoingNotification } from '../../../src/sdk/index.ts';
import { globalId, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { approve, orderFor, placeOrder } from '../../support/form-moves.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { inboxOf, MARK } from './inbox.fixture.ts';

const SETTINGS = `query { notificationSettings { version email language quietFrom quietUntil digest choices { kind channels } channels { name } kinds { name description } } }`;
const UPDATE = `mutation ($input: UpdateNotificationSettingsInput!) { updateNotificationSettings(input: $input) { __typename
  ... on UpdateNotificationSettingsSuccess { settings { version email choices { kind channels } } } ... on UserError { code path }
  ... on ValidationFailed { issues { path code } } ... on VersionConflict { path current { id } } } }`;
const SECRET = 'a secret of at least 32 characters';
const HOUR = 3_600_000;

let now = Date.parse('2026-06-01T02:00:00Z'); // ten in the morning in Shanghai
let mailbox: { to: string[]; text: string }[];
/** How the mail server answers the next messages. */
let refusals: number;
/** How many of the next messages the webhook does not take. */
let hookRefuses: number;
let hooked: { body: string; headers: Record<string, unknown> }[];
let smtp: SMTPServer;
let hook: HttpServer;
let hanging: Server;
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
const texts: { phone: string; text: string }[] = [];

const portOf = (of: { address(): unknown }): number => (of.address() as AddressInfo).port;
async function listening<T extends { listen(port: number, host: string): unknown; once(name: 'listening', then: () => void): unknown }>(
  of: T,
): Promise<T> {
  await new Promise<void>((then) => {
    of.once('listening', then);
    of.listen(0, '127.0.0.1');
  });
  return of;
}

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusals-- > 0) return done(Object.assign(new Error('Later.'), { responseCode: 451 }));
        mailbox.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  await new Promise<void>((then) => smtp.listen(0, '127.0.0.1', then));
  hook = createHttp(async (request, response) => {
    hooked.push({ body: Buffer.concat(await request.toArray()).toString(), headers: request.headers });
    response.writeHead(hookRefuses-- > 0 ? 503 : 204).end();
  });
  await listening(hook);
  hanging = await listening(createServer(() => {})); // takes connections and says nothing
  const channels: ChannelSettings = {
    smtp: { url: `smtp://127.0.0.1:${portOf(smtp.server)}`, from: 'Guichet <no-reply@guichet.example>' },
    webhook: { url: `http://127.0.0.1:${portOf(hook)}/`, secret: SECRET },
    others: ['SMS', 'LOG'],
    inboxUrl: 'https://app.example/inbox',
  };
  const sms = { name: 'test', send: async ({ phone, text }: { phone: string; text: string }) => void texts.push({ phone, text }) };
  server = await startTestServer({ now: () => new Date(now), channels, sms });
  database = await RawDatabase.open(server.databaseUrl);
});
beforeEach(async () => {
  [mailbox, hooked, refusals, hookRefuses] = [[], [], 0, 0];
  texts.length = 0;
  own = await server.organization();
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
  hook?.closeAllConnections();
  for (const one of [hook, hanging]) one?.close();
  await new Promise<void>((then) => smtp.close(then));
});

const choose = (seat: TestSeat, given: object) =>
  seat.does(UPDATE, {
    input: { expectedVersion: 0, language: 'ENGLISH', digest: 'NONE', email: 'someone@example.com', choices: [], ...given },
  });
const refused = async (seat: TestSeat, given: object) =>
  (await seat.query(UPDATE, { input: { expectedVersion: 0, language: 'ENGLISH', digest: 'NONE', choices: [], ...given } }))
    .updateNotificationSettings;
const all = (...channels: string[]) => ({ choices: [{ kind: '*', channels }] });
/** Everything that was committed is told, and what is due is sent. */
async function sent(): Promise<void> {
  await server.runtime.notifications.settled();
  await server.runtime.deliveries.settled();
}
const certify = (level: 'BASIC' | 'ADVANCED') => certifyOrganization(server.runtime, own.id, { level, reason: 'A test' });
const waiting = () =>
  database.rows<{ attempts: number }>('select attempts from notification_deliveries where organization_id = $1 order by id', [own.id]);

describe('how a seat is told (spec 9.2)', () => {
  it('is its inbox alone, as long as it has chosen nothing', async () => {
    await placeOrder(own.customer);
    await sent();
    expect([mailbox, hooked, texts, await waiting()]).toEqual([[], [], [], []]);
    const { notificationSettings } = await own.owner.query(SETTINGS);
    expect(notificationSettings).toMatchObject({ version: 0, email: null, digest: 'NONE', choices: [] });
    expect(notificationSettings.channels.map(({ name }: { name: string }) => name)).toEqual(['EMAIL', 'WEBHOOK', 'SMS', 'LOG']);
    expect(notificationSettings.kinds.map(({ name }: { name: string }) => name)).toContain('TASK_CAME');
  });
  it('by mail: what the inbox says, with a link that only leads there', async () => {
    await choose(own.owner, all('EMAIL'));
    await placeOrder(own.customer);
    await sent();
    const { text } = (await inboxOf(server, own.owner))[0]!;
    expect(mailbox).toHaveLength(1);
    expect(mailbox[0]!.to).toEqual(['someone@example.com']);
    expect(mailbox[0]!.text).toContain(`Subject: Test Works: ${text}`);
    expect(mailbox[0]!.text).toContain('Open your inbox: https://app.example/inbox');
    expect(await waiting()).toEqual([]);
  });
  it('by a webhook: signed', async () => {
    await choose(own.owner, all('WEBHOOK'));
    await placeOrder(own.customer);
    await sent();
    const [{ body, headers }] = hooked as [(typeof hooked)[number]];
    const { 'guichet-timestamp': seconds, 'guichet-signature': signature } = headers;
    expect(signature).toBe(`v1=${createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')}`);
    const { id, text } = (await inboxOf(server, own.owner))[0]!;
    expect(JSON.parse(body)).toMatchObject({
      organizationId: globalId('Organization', own.id),
      organizationName: 'Test Works',
      seat: { kind: 'EMPLOYEE', id: own.owner.id },
      lines: [{ id, kind: 'TASK_CAME', text }],
    });
  });
  it('by text message, to the phone that it has', async () => {
    await choose(own.owner, all('SMS'));
    await placeOrder(own.customer);
    await sent();
    expect(texts).toEqual([
      { phone: own.plan.employees.find(({ key }) => key === 'owner')!.phone, text: expect.stringMatching(/^Test Works: A task came/) },
    ]);
  });
  it('by what it chose for the kind, and nothing where it chose nothing for it', async () => {
    await choose(own.owner, {
      choices: [
        { kind: '*', channels: ['SMS', 'EMAIL'] },
        { kind: 'TASK_CAME', channels: [] },
      ],
    });
    await placeOrder(own.customer);
    await sent();
    expect([mailbox, texts]).toEqual([[], []]);
  });
  it('contacts too, of their forms, in customer states', async () => {
    await choose(own.customer, { ...all('EMAIL'), email: 'customer@example.com', language: 'CHINESE' });
    const { formId } = await orderFor(own.owner, own.customer);
    await approve(own.owner, formId);
    await sent();
    const { number } = (await inboxOf(server, own.customer))[0]!.form!;
    expect(new Set(mailbox.flatMap(({ to }) => to))).toEqual(new Set(['customer@example.com']));
    expect(
      mailbox
        .map(bodyOf)
        .join('\n')
        .trim()
        .split('\n')
        .filter((line) => line.startsWith(number)),
    ).toEqual([`${number} 处理中。`, `${number} 待您确认。`]);
  });
});
/** What a mail says, as it is read. */
const bodyOf = ({ text }: { text: string }): string => {
  const encoded = text.slice(text.indexOf('\r\n\r\n'));
  const quoted = encoded
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(quoted, 'latin1').toString().replaceAll('\r', '');
};

describe('nothing is sent', () => {
  it('of what was read in the inbox meanwhile', async () => {
    await choose(own.owner, { ...all('EMAIL'), digest: 'HOURLY' });
    await placeOrder(own.customer);
    await sent();
    expect(mailbox).toEqual([]);
    await own.owner.does(MARK, { input: { ids: (await inboxOf(server, own.owner)).map(({ id }) => id) } });
    now += HOUR;
    await sent();
    expect([mailbox, await waiting()]).toEqual([[], []]);
  });
  it('of an object that is out of sight by now', async () => {
    await choose(own.colleague, { ...all('EMAIL'), digest: 'HOURLY' });
    const TRANSFER = 'mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }';
    await own.owner.does(TRANSFER, { input: { contactIds: [own.customer.id], ownerId: own.colleague.id } });
    await server.runtime.notifications.settled();
    await own.admin.does('mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }', {
      input: { contactIds: [own.customer.id] },
    });
    now += HOUR;
    await sent();
    expect([mailbox, await waiting()]).toEqual([[], []]);
  });
  it('to a contact while the window is suspended: what is on its way waits until it serves', async () => {
    hookRefuses = 1;
    await choose(own.customer, { ...all('EMAIL', 'WEBHOOK'), email: 'customer@example.com' });
    const [first, second] = [await orderFor(own.owner, own.customer), await orderFor(own.owner, own.customer)];
    await approve(own.owner, first.formId);
    await sent(); // by mail; the webhook is to be tried again
    const tried = await waiting();
    expect([mailbox.length, hooked.length, tried.every(({ attempts }) => attempts === 1)]).toEqual([1, 1, true]);
    await certify('BASIC');
    await approve(own.owner, second.formId);
    for (const hours of [1, 40]) {
      now += hours * HOUR;
      await sent();
    }
    expect([mailbox.length, hooked.length]).toEqual([1, 1]);
    expect((await waiting()).map(({ attempts }) => attempts)).toEqual([
      ...tried.map(() => 1),
      ...tried.map(() => 0),
      ...tried.map(() => 0),
    ]);
    expect((await refused(own.customer, {})).__typename).toBe('WindowSuspended');
    const read = await own.customer.query(MARK, { input: { upTo: new Date(now).toISOString() } });
    expect(read.markNotificationsRead.__typename).toBe('WindowSuspended');
    await certify('ADVANCED');
    now += HOUR;
    await sent();
    const ids = hooked.map(({ body }) => JSON.parse(body).id);
    expect([mailbox.length, ids.filter((id) => id === ids[0]).length, ids.length, await waiting()]).toEqual([2, 2, 3, []]);
  });
  it('to a contact whose window is suspended for a month; employees are told all the while', async () => {
    const began = now;
    await choose(own.customer, { ...all('EMAIL'), email: 'customer@example.com', digest: 'HOURLY' });
    await choose(own.owner, { ...all('SMS'), digest: 'HOURLY' });
    await approve(own.owner, (await orderFor(own.owner, own.customer)).formId);
    await placeOrder(own.customer);
    await sent();
    await certify('BASIC');
    now += HOUR;
    await sent();
    expect([mailbox, texts.length]).toEqual([[], 1]);
    expect(await waiting()).not.toEqual([]);
    now += 31 * 24 * HOUR;
    await sent();
    expect([mailbox, await waiting()]).toEqual([[], []]);
    now = began;
  });
  it('in quiet hours; in the morning it comes as one message', async () => {
    now = Date.parse('2026-06-02T15:00:00Z'); // eleven at night in Shanghai
    await choose(own.owner, { ...all('EMAIL'), quietFrom: '22:00', quietUntil: '07:00' });
    for (let orders = 0; orders < 3; orders++) await placeOrder(own.customer);
    await sent();
    expect(mailbox).toEqual([]);
    now += 8 * HOUR;
    await sent();
    expect(mailbox).toHaveLength(1);
    expect(mailbox[0]!.text.match(/A task came to you/g)).toHaveLength(3);
  });
  it('in quiet hours that were chosen, or have begun, while it was tried again', async () => {
    now = Date.parse('2026-06-02T13:59:30Z'); // half a minute before ten at night in Shanghai
    refusals = 1;
    await choose(own.owner, { ...all('EMAIL'), quietFrom: '22:00', quietUntil: '07:00' });
    await placeOrder(own.customer);
    await sent();
    now += 60_000;
    await sent();
    expect([mailbox, await waiting()]).toEqual([[], [{ attempts: 1 }]]);
    now += 9 * HOUR;
    await sent();
    expect(mailbox).toHaveLength(1);
  });
  it('through a channel that is not wanted any more', async () => {
    refusals = 1;
    await choose(own.owner, all('EMAIL'));
    await placeOrder(own.customer);
    await sent();
    await choose(own.owner, { expectedVersion: 1, ...all() });
    now += 60_000;
    await sent();
    expect([mailbox, await waiting()]).toEqual([[], []]);
  });
});

describe('at least once', () => {
  it('what was not taken is tried again, later, under the same id', async () => {
    refusals = 1;
    await choose(own.owner, all('EMAIL'));
    await placeOrder(own.customer);
    await sent();
    expect([mailbox, await waiting()]).toEqual([[], [{ attempts: 1 }]]);
    now += 60_000;
    await sent();
    expect([mailbox.length, await waiting()]).toEqual([1, []]);
    expect(mailbox[0]!.text).toMatch(/Message-ID: <[0-9a-f-]{36}@guichet>/);
  });
  it('what was sent together stays together: what comes later has an id of its own', async () => {
    const ids = () => hooked.map(({ body }) => JSON.parse(body)).map(({ id, lines }) => [id, lines.length]);
    hookRefuses = 1;
    await choose(own.owner, all('WEBHOOK'));
    for (let orders = 0; orders < 2; orders++) await placeOrder(own.customer);
    await sent();
    await placeOrder(own.customer);
    now += 60_000; // by now both are due: the message that was tried, and what came since
    await sent();
    const [first, lines] = ids()[0]!;
    const later = ids().slice(1);
    expect(lines).toBe(2);
    expect(later.map(([id, count]) => [id === first, count])).toEqual([
      [true, 2],
      [false, 1],
    ]);
    expect(await waiting()).toEqual([]);
  });
  it('what is never taken is given up; the inbox has it all the same', async () => {
    refusals = 100;
    await choose(own.owner, all('EMAIL'));
    await placeOrder(own.customer);
    for (let attempt = 0; attempt < 6; attempt++) {
      await sent();
      now += 13 * HOUR;
    }
    expect([mailbox, await waiting()]).toEqual([[], []]);
    expect(await inboxOf(server, own.owner)).toHaveLength(1);
  });
  it('a mail server that hangs harms nobody else, however many wait for it', async () => {
    const channels: ChannelSettings = {
      smtp: { url: `smtp://127.0.0.1:${portOf(hanging)}`, from: 'no-reply@guichet.example' },
      webhook: { url: `http://127.0.0.1:${portOf(hook)}/`, secret: SECRET },
      others: [],
      inboxUrl: undefined,
    };
    await server.runtime.deliveries.stop();
    const seats = [own.owner, own.colleague, own.admin, own.supervisor];
    for (const seat of seats) await choose(seat, all('EMAIL', ...(seat === own.owner ? ['WEBHOOK'] : [])));
    await placeOrder(own.customer);
    await server.runtime.notifications.settled();
    await waitForMail(seats.map(({ id }) => decodeGlobalId('Employee', id)!));
    const second = await startTestServer({ databaseUrl: server.databaseUrl, now: () => new Date(now), channels });
    await expect.poll(() => hooked.length).toBe(1);
    expect((await waiting()).length).toBeGreaterThan(150);
    await own.owner.query('{ unreadNotifications }');
    await second.stop(); // and does not keep it from stopping
    expect((await waiting()).length).toBeGreaterThan(150);
  });
  it('a mail server that goes on talking is hung up on', async () => {
    const open = new Set<Socket>();
    const chatting = await listening(
      createServer((socket) => {
        open.add(socket.on('close', () => open.delete(socket)).on('error', () => {}));
        socket.write('220 mail.example\r\n');
        socket.on('data', () => socket.write('250-still thinking\r\n'));
      }),
    );
    const notifier = smtpNotifier({ url: `smtp://127.0.0.1:${portOf(chatting)}`, from: 'no-reply@guichet.example' });
    const giveUp = new AbortController();
    const sending = notifier.send({ ...MESSAGE, seat: { id: own.id, kind: 'EMPLOYEE' } }, giveUp.signal);
    await expect.poll(() => open.size).toBe(1);
    giveUp.abort();
    await expect(sending).rejects.toThrow();
    await expect.poll(() => open.size).toBe(0);
    await new Promise<unknown>((then) => chatting.close(then));
  });
});
const MESSAGE: Omit<OutgoingNotification, 'seat'> = {
  ...{ id: '5f0c3c4e-6f5e-4b3f-9d0b-2f8f5d7f6c11', organizationId: '5f0c3c4e-6f5e-4b3f-9d0b-2f8f5d7f6c12', organizationName: 'Test Works' },
  ...{ email: 'someone@example.com', phone: null, language: 'en', lines: [], link: null },
};
/** Mail that is due for some seats, and before it for 200 others. */
const waitForMail = (seatIds: readonly string[]) =>
  database.rows(
    `with made as (insert into notifications select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'source_id', gen_random_uuid(), 'seat_id',
         coalesce(($2::uuid[])[nth], overlay(gen_random_uuid()::text placing '00000000' from 1)::uuid)))).* from notifications one, generate_series(1, 204) nth
       where organization_id = $1 returning organization_id, id, seat_id, seat_kind)
     insert into notification_deliveries (organization_id, id, notification_id, seat_id, seat_kind, channel, due_at)
       select organization_id, gen_random_uuid(), id, seat_id, seat_kind, 'EMAIL', $3 from made returning id`,
    [own.id, seatIds, new Date(now)],
  );

describe('what is chosen', () => {
  it.each([
    [{ email: 'nobody' }, ['email'], 'NOT_AN_EMAIL'],
    [{ email: 'a@b.example, c@d.example' }, ['email'], 'NOT_AN_EMAIL'],
    [{ quietFrom: '25:00', quietUntil: '07:00' }, ['quietFrom'], 'NOT_A_TIME'],
    [{ quietFrom: '22:00' }, ['quietUntil'], 'BOTH_TIMES'],
    [{ quietFrom: '22:00', quietUntil: '22:00' }, ['quietUntil'], 'NO_TIME_BETWEEN'],
    [{ email: '\u0001a@b.example' }, ['email'], 'NOT_AN_EMAIL'],
    [{ choices: [{ kind: '*', channels: ['EMAIL'] }] }, ['email'], 'NO_EMAIL'],
    [{ choices: [{ kind: 'NOTHING', channels: [] }] }, ['choices', '0', 'kind'], 'UNKNOWN_KIND'],
    [{ choices: [{ kind: '*', channels: ['EMAIL', 'PIGEON'] }] }, ['choices', '0', 'channels', '1'], 'UNKNOWN_CHANNEL'],
  ])('%j is refused', async (given, path, code) => {
    expect(await refused(own.owner, given)).toMatchObject({ __typename: 'ValidationFailed', issues: [{ path: ['input', ...path], code }] });
  });
  it('in two windows at once is not lost: the second is told', async () => {
    const answers = await Promise.all([1, 2].map(() => refused(own.owner, all('SMS'))));
    const [done, refusal] = answers.sort((one, other) => (one.__typename < other.__typename ? -1 : 1));
    expect(done.__typename).toBe('UpdateNotificationSettingsSuccess');
    expect(refusal).toEqual({ __typename: 'VersionConflict', code: 'VERSION_CONFLICT', path: ['input', 'expectedVersion'], current: null });
    expect(await choose(own.owner, { expectedVersion: 1, ...all() })).toMatchObject({ settings: { version: 2 } });
    for (let i = 0; i < 2; i++)
      expect(await choose(own.owner, { expectedVersion: 2, ...all() })).toMatchObject({ settings: { version: 2 } }); // nothing is changed
  });
  it('is of the kinds that can come to the seat: contacts find none of the staff’s', async () => {
    const kindsOf = async (seat: TestSeat): Promise<string[]> =>
      (await seat.query(SETTINGS)).notificationSettings.kinds.map(({ name }: { name: string }) => name);
    expect(await kindsOf(own.customer)).toEqual(expect.arrayContaining(['FORM_MOVED', 'WINDOW_INVITED']));
    for (const inside of ['TASK_CAME', 'TASK_ESCALATED', 'STAND_IN_SET', 'CONTRACT_APPROVED', 'JOIN_APPLICATION_CAME', 'JOB_DONE']) {
      expect(await kindsOf(own.owner)).toContain(inside);
      expect(await kindsOf(own.customer)).not.toContain(inside);
      expect(await refused(own.customer, { choices: [{ kind: inside, channels: [] }] })).toMatchObject({
        issues: [{ path: ['input', 'choices', '0', 'kind'], code: 'UNKNOWN_KIND' }],
      });
    }
    expect(await kindsOf(own.owner)).not.toContain('WINDOW_INVITED');
  });
  it('tells where mail goes', async () => {
    const GOES = '{ notificationSettings { mailGoesTo } }';
    expect((await own.owner.query(GOES)).notificationSettings).toEqual({ mailGoesTo: null });
    await choose(own.owner, all('EMAIL'));
    expect((await own.owner.query(GOES)).notificationSettings).toEqual({ mailGoesTo: 'someone@example.com' });
  });
  it('is the seat’s own', async () => {
    await choose(own.owner, all('SMS'));
    expect((await own.colleague.query(SETTINGS)).notificationSettings).toMatchObject({ version: 0, choices: [] });
  });
});
