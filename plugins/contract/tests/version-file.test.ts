import { createHash } from 'node:crypto';
import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());

const UPLOAD =
  'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on CreateUploadSuccess { upload { id url method headers { name value } } } } }';
const made = (more = ''): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n2 0 obj\n<</Author (Ms Drafter) /Producer (Office 16)>>\nendobj\n${more}trailer <</Root 1 0 R /Info 2 0 R>>\n%%EOF\n`,
  );
const MARKED = '3 0 obj\n<</Subtype /StrikeOut /Contents (Too dear?)>>\nendobj\n';

async function sent(seat: TestSeat, bytes: Buffer, purpose = 'CONTRACT_VERSION'): Promise<{ id: string; answer: Response }> {
  const input = { name: 'margins-Ms-Drafter.pdf', size: bytes.length, mimeType: 'application/pdf', purpose };
  const { upload } = await seat.does(UPLOAD, { input });
  const headers = upload.headers.map((one: { name: string; value: string }) => [one.name, one.value]);
  return { id: upload.id, answer: await fetch(upload.url, { method: upload.method, headers, body: new Uint8Array(bytes) }) };
}
const FILE = 'query ($id: ID!) { contract(id: $id) { currentVersion { sha256 file { name url(expiresIn: 600) } } } }';
async function bytesFor(seat: TestSeat, id: string): Promise<{ name: string; saved: string | null; bytes: Buffer; sha256: string }> {
  const { currentVersion } = (await seat.query(FILE, { id })).contract;
  const { sha256, file } = currentVersion;
  const answer = await fetch(file.url);
  const saved = answer.headers.get('content-disposition');
  return { name: file.name, saved, bytes: Buffer.from(await answer.arrayBuffer()), sha256 };
}

describe('a version that is a PDF (spec 8.5)', () => {
  it('tells neither side who and what has made it; its hash is of what both read', async () => {
    const { owner, customer } = desk.plugin;
    const { id: uploadId, answer } = await sent(owner, made());
    expect(answer.status).toBe(200);
    const { id } = await desk.approved({ uploadId, text: undefined });
    await desk.does(owner, 'shareContract', { contractId: id });
    const { name, saved, bytes, sha256 } = await bytesFor(customer, id);
    const { number } = await desk.read(id);
    expect([name, saved]).toEqual([`${number}.pdf`, expect.stringContaining(`"${number}.pdf"`)]);
    expect(saved).not.toContain('Drafter');
    expect(bytes.toString()).toContain('/Type /Catalog');
    expect(bytes.toString()).not.toMatch(/Drafter|Office/);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(await bytesFor(owner, id)).toEqual({ name, saved, bytes, sha256 });
    expect(await desk.does(owner, 'freezeContract', { contractId: id })).toMatchObject({ frozenSha256: sha256 });
  });
  it('is not taken with what was noted in it, and says what that is', async () => {
    const { owner } = desk.plugin;
    const { id: uploadId, answer } = await sent(owner, made(MARKED));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('comments or marks');
    const contract = { contactId: desk.plugin.customer.id, title: 'Saws', kind: 'SALES', amount: { amount: 1, currency: 'CNY' } };
    const input = { ...contract, startsOn: desk.day(9), ownName: 'Test Works', counterpartyName: 'Customer Ltd', uploadId };
    expect(await desk.ask(owner, 'draftContract', { ...input, idempotencyKey: 'marked' })).toMatchObject({ __typename: 'NotFound' });
  });
  it('is compared as it is by whoever asks whether it was signed', async () => {
    const { owner } = desk.plugin;
    const { id: uploadId, answer } = await sent(owner, made(MARKED), 'CONTRACT_CHECK');
    expect(answer.status).toBe(200);
    const sha256 = createHash('sha256').update(made(MARKED)).digest('hex');
    expect(await desk.ask(owner, 'verifyContractFile', { uploadId }, 'verification { sha256 isSigned }')).toMatchObject({
      verification: { sha256, isSigned: false },
    });
  });
});
