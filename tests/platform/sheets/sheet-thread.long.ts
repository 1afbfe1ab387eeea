import { describe, expect, it } from 'vitest';
import { readSheet, type SheetLimits } from '../../../src/platform/sheets/index.ts';
import { archive, rowsXml, workbook, workbookParts } from './archive.fixture.ts';
import { csv, PEOPLE, type PeopleRow, refusalOf } from './people.fixture.ts';

async function peopleIn(file: Uint8Array | AsyncIterable<Uint8Array>, limits?: Partial<SheetLimits>): Promise<PeopleRow[]> {
  const rows: PeopleRow[] = [];
  for await (const batch of readSheet(PEOPLE, file, { country: 'US', limits })) rows.push(...batch.rows);
  return rows;
}

describe('a file that is read in a thread of its own', () => {
  it('may come in pieces, and is read as of the country', async () => {
    const file = workbook(['Name', 'Phone', 'Since'], ['Wang', '2125552368', 'soon'], ['Li', '2125552368', '2024-01-31']);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (const byte of file) yield Uint8Array.of(byte);
    }
    const rows = await peopleIn(pieces());
    expect(rows.map(({ faults }) => faults.map(({ code }) => code))).toEqual([['NOT_A_DATE'], []]);
    expect(rows[1]!.values).toMatchObject({ name: 'Li', phone: { e164: '+12125552368' }, since: '2024-01-31' });
  });
  it('is read as far as somebody takes it', async () => {
    const file = csv('Name', ...Array.from({ length: 5_000 }, (_, i) => `P${i}`));
    let taken = 0;
    for await (const { rows } of readSheet(PEOPLE, file)) {
      taken += rows.length;
      if (taken >= 400) break;
    }
    expect(taken).toBe(400);
    expect(file.toString().startsWith('Name')).toBe(true); // not taken away from whoever gave it
  });
  it('is refused with what is wrong', async () => {
    expect(await refusalOf(peopleIn(csv('Phone', '1')))).toEqual(['COLUMN_MISSING 1 name']);
    expect(await refusalOf(peopleIn(csv('Name', 'A', 'B'), { rows: 1 }))).toEqual(['TOO_MANY_ROWS']);
  });
  it('is refused before it is whole where it is too large', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        taken += 1;
        yield Buffer.alloc(1024, 'a');
      }
    }
    expect(await refusalOf(peopleIn(endless(), { fileSize: 10_000 }))).toEqual(['FILE_TOO_LARGE']);
    expect(taken).toBe(10);
  });
  it('is refused where it takes more memory than there is for it, and nobody else is hurt', async () => {
    const names = Array.from({ length: 400_000 }, (_, i) => `<si><t>N${(i * 7919) % 1_000_003}</t></si>`);
    const file = archive(workbookParts(rowsXml([['Name']]), `<sst>${names.join('')}</sst>`));
    expect(await refusalOf(peopleIn(file, { heap: 24 }))).toEqual(['FILE_UNFOLDS']);
    expect((await peopleIn(workbook(['Name'], ['Wang']))).length).toBe(1);
  });
});
