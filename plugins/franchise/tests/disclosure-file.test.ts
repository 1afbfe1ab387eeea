import { createHash } from 'node:crypto';
import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, reached } from './journey.ts';
import { Office, PDF } from './office.ts';

let office: Office;
let one: Journey;
beforeAll(async () => {
  office = await Office.open();
  one = await reached(office, 'PROVISIONAL');
  await one.deposit();
});
afterAll(() => office?.close());
const people = () => office.plugin;
const FILE = 'disclosures { id text sha256 file { id name url(expiresIn: 600) } }';
const sent = async (seat: TestSeat = people().admin, bytes = PDF): Promise<string> => office.upload(seat, 'FRANCHISE_DISCLOSURE', bytes);
const disclose = (input: object, seat = people().admin) => one.ask(seat, 'sendDisclosure', input);

describe('a disclosure that is a file (spec 8.5)', () => {
  it('is sent by admins, in the place of a text', async () => {
    const both = { text: 'All.', uploadId: await sent() };
    for (const input of [{}, both]) expect(await disclose(input)).toMatchObject({ issues: [{ code: 'ONE_OF', path: ['input'] }] });
    for (const seat of [people().owner, people().customer]) await expect(sent(seat)).rejects.toThrow();
    expect(await disclose({ uploadId: await office.upload(people().customer) })).toMatchObject({ __typename: 'NotFound' });
  });
  it('is read, to the byte, by those of the application and by nobody else; its hash is what is acknowledged', async () => {
    await disclose({ uploadId: await sent() });
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    const { disclosures } = await office.read(one.id, people().customer, FILE);
    expect(disclosures).toMatchObject([{ text: null, sha256, file: { name: expect.stringMatching(/^disclosure-[0-9a-f-]{36}\.pdf$/) } }]);
    const [{ id, file }] = disclosures;
    expect((await fetch(file.url)).headers.get('content-disposition')).toContain(`"${file.name}"`);
    expect(Buffer.from(await (await fetch(file.url)).arrayBuffer())).toEqual(Buffer.from(PDF));
    const READ = 'query ($id: ID!) { node(id: $id) { id ... on FranchiseDisclosure { file { url } } } }';
    const reads = async (seat: TestSeat): Promise<boolean> => (await seat.ask(READ, { id })).data?.node?.file?.url !== undefined;
    for (const seat of [people().admin, people().owner, people().customer]) expect(await reads(seat)).toBe(true);
    for (const seat of [people().rival, people().unowned, people().stranger, people().nobody]) expect(await reads(seat)).toBe(false);
    await one.acknowledge();
    expect(await office.stateOf(one.id)).toBe('DISCLOSURE_ACKNOWLEDGED');
  });
  it('that is sent anew has another hash: the one before is not acknowledged', async () => {
    const before = (await office.read(one.id, people().customer, FILE)).disclosures[0].sha256;
    await disclose({ text: 'All of it, and one thing more.' });
    expect(await one.ask(people().customer, 'requestDisclosureCode', { sha256: before })).toMatchObject({ issues: [{ code: 'CHANGED' }] });
    expect((await office.read(one.id, people().customer, FILE)).disclosures).toHaveLength(2);
  });
  it('tells the applicant nothing of who has written it', async () => {
    const text = '%PDF-1.4\n1 0 obj\n<</Author (Ms Admin)>>\nendobj\ntrailer <</Info 1 0 R>>\n%%EOF\n';
    await disclose({ uploadId: await sent(people().admin, Buffer.from(text)) });
    const { disclosures } = await office.read(one.id, people().customer, FILE);
    const read = disclosures.find(
      ({ file, sha256 }: { file: unknown; sha256: string }) => file && sha256 !== createHash('sha256').update(PDF).digest('hex'),
    );
    const bytes = Buffer.from(await (await fetch(read.file.url)).arrayBuffer());
    expect(bytes.toString()).toBe(text.replace('\n<</Author (Ms Admin)>>\n', ' null '.padEnd('\n<</Author (Ms Admin)>>\n'.length)));
    expect(read.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
