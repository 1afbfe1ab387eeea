import type { TestSeat } from '@guichet/sdk/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture, Workshop } from './workshop.ts';

const FILE = 'file { name url thumbnailUrl }';
const PHOTOS = `query ($id: ID!) { node(id: $id) { ... on RepairOrder { photos { ${FILE} } visits { photos { ${FILE} } } } } }`;
/** What bytes of a picture tell beside the picture. */
const ASIDE = ['exif', 'xmp', 'iptc', 'comments'] as const;
const told = async (bytes: Buffer): Promise<string[]> => {
  const known = await sharp(bytes).metadata();
  return ASIDE.filter((name) => known[name] !== undefined);
};
let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
});
afterAll(() => shop?.close());

const download = async (url: string): Promise<Buffer> => {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
};
const photosOf = async (id: string, seat: TestSeat): Promise<{ file: { name: string; url: string; thumbnailUrl: string } }[]> => {
  const { node } = await seat.query(PHOTOS, { id });
  return [...node.photos, ...node.visits.flatMap(({ photos }: { photos: [] }) => photos)];
};

describe('where a photo was taken (spec 8.5)', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('is in no byte that anybody downloads: %s', async (kind) => {
    const { customer, colleague, owner, supervisor } = shop.plugin;
    const bytes = await picture(kind);
    expect(await told(bytes)).toEqual(['exif', 'xmp']);
    const repairId = await shop.asked({ photoIds: [await shop.upload(customer, 'REPAIR_PHOTO', bytes)] });
    await shop.does(supervisor, 'triageRepair', { repairId, priority: 'NORMAL', inGuarantee: false });
    const visitId = await shop.finished(repairId);
    await shop.does(colleague, 'addVisitPhoto', { visitId, photoId: await shop.upload(colleague, 'REPAIR_PHOTO', bytes) });
    for (const seat of [customer, owner]) {
      const photos = await photosOf(repairId, seat);
      expect(photos).toHaveLength(2);
      for (const { file } of photos) expect(file.name).toMatch(/^photo-[0-9a-f-]{36}\./);
      for (const { file } of photos)
        for (const url of [file.url, file.thumbnailUrl]) {
          const seen = await download(url);
          expect(await sharp(seen).metadata()).toMatchObject({ width: 60, height: 30 });
          expect([await told(seen), seen.includes('GPS'), seen.includes('Exif')]).toEqual([[], false, false]);
        }
    }
  });
  it('and where the technician was, stays with the visit: for those inside, not for the customer', async () => {
    const { customer, colleague, owner } = shop.plugin;
    const { repairId, visitId } = await shop.going('acceptVisit');
    await shop.does(colleague, 'startVisit', { visitId, latitude: '31.2', longitude: '121.4' });
    const steps = 'query ($id: ID!) { node(id: $id) { ... on RepairVisit { steps { latitude longitude } } } }';
    const place = { latitude: 31.2, longitude: 121.4 };
    for (const seat of [owner, colleague]) expect((await seat.query(steps, { id: visitId })).node.steps).toContainEqual(place);
    expect((await customer.ask(steps, { id: visitId })).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    expect((await shop.order(repairId, 'visits { startsAt }', customer)).visits).toHaveLength(1);
  });
});
