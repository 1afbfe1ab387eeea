import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from '../../../src/domains/contact-books/book-draft.ts';
import { type KnownPhones, verdictsOf } from '../../../src/domains/contact-books/book-verdicts.ts';
import { MOST_OF_A_LINE } from '../../../src/domains/contact-books/vcard-lines.ts';
import { entriesOf } from '../../../src/domains/contact-books/vcard-reader.ts';

async function drafts(bytes: Buffer | string, country = 'CN'): Promise<Draft[]> {
  const all: Draft[] = [];
  for await (const entry of entriesOf(Buffer.from(bytes as string))) all.push(draftOf(entry, country));
  return all;
}
const card = (...lines: string[]): string => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
const PHONE = 'TEL;TYPE=CELL:13800000001';

describe('reading a vCard (spec 3.1)', () => {
  it.each<[string, string | Buffer, Partial<Draft>]>([
    [
      '3.0',
      card('VERSION:3.0', 'FN:Hu Yan', 'N:Hu;Yan;;;', PHONE, 'ORG:Riverside;Sales', 'TITLE:Buyer'),
      { name: 'Hu Yan', company: 'Riverside', position: 'Buyer' },
    ],
    [
      '4.0 with a URI',
      card('VERSION:4.0', 'FN:Hu Yan', 'TEL;VALUE=uri;TYPE="voice,cell":tel:+86-138-0000-0001;ext=802'),
      { phone: '+86-138-0000-0001 ext 802', e164: '+8613800000001' },
    ],
    [
      '2.1 in quoted-printable',
      card('VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E9=9B=B7', 'TEL;CELL:13800000001'),
      { name: '王雷', e164: '+8613800000001' },
    ],
    [
      '2.1 in quoted-printable over lines',
      card('VERSION:2.1', 'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=', '=8B=E9=9B=B7', 'TEL;CELL:13800000001'),
      { name: '王雷' },
    ],
    [
      '2.1 in GBK, told',
      card('VERSION:2.1', 'N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5=C0=D7', 'TEL;CELL:13800000001'),
      { name: '王雷' },
    ],
    [
      '2.1 in GBK, not told',
      Buffer.concat([Buffer.from('BEGIN:VCARD\nFN:'), Buffer.from([0xcd, 0xf5, 0xc0, 0xd7]), Buffer.from(`\n${PHONE}\nEND:VCARD`)]),
      { name: '王雷', fault: null },
    ],
    [
      'a broken byte of GB18030',
      Buffer.concat([Buffer.from('BEGIN:VCARD\nFN:Li'), Buffer.from([0xff]), Buffer.from(`\n${PHONE}\nEND:VCARD`)]),
      { name: 'Li\ufffd', fault: null },
    ],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${card('FN:王雷', PHONE)}`, 'utf16le'), { name: '王雷' }],
    ['UTF-8 with its mark', `\ufeff${card('FN:王雷', PHONE)}`, { name: '王雷' }],
    [
      'folded lines',
      card('FN:Hu', '  Yan', 'NOTE:first\\nsec', '\tond\\, third', PHONE),
      { name: 'Hu Yan', remark: 'first\nsecond, third' },
    ],
    [
      'escapes and empty parts',
      card('N:Hu\\;;Yan;;;', 'ADR;TYPE=HOME:;;1 Quay\\, left;Hangzhou;;310000;China', PHONE),
      { name: 'Yan Hu;', address: '1 Quay, left, Hangzhou, 310000, China' },
    ],
    ['a name with a line break', card('FN:Hu\\nYan', PHONE), { name: 'Hu Yan' }],
    ['no name but a company', card('ORG:Riverside', PHONE), { name: 'Riverside', company: 'Riverside' }],
    ['an address of no mail program', card('FN:A', 'EMAIL:nobody', 'EMAIL;TYPE=WORK:a@example.com', PHONE), { email: 'a@example.com' }],
    ['small letters and spaces', card('fn:Hu', 'tel;type=cell : 13800000001'), { name: 'Hu', phone: '13800000001', fault: null }],
  ])('%s', async (_, bytes, expected) => {
    expect(await drafts(bytes)).toEqual([expect.objectContaining(expected)]);
  });

  it('takes a mobile as the main number, keeps the others with kind and label, and each once', async () => {
    const [draft] = await drafts(
      card(
        'FN:Hu Yan',
        'TEL;TYPE=WORK,FAX:0571-88880001',
        'TEL;TYPE=WORK;TYPE=pref:0571-88880002',
        'item1.TEL:0571-88880003',
        'item1.X-ABLabel:_$!<Assistant>!$_',
        PHONE,
        'TEL;CELL:+86 138 0000 0001',
      ),
    );
    expect(draft).toMatchObject({
      phone: '13800000001',
      furtherPhones: [
        { phone: '0571-88880001', kind: 'FAX', label: null },
        { phone: '0571-88880002', kind: 'WORK', label: null },
        { phone: '0571-88880003', kind: 'OTHER', label: 'Assistant' },
      ],
    });
  });

  it.each<[string, string, string | null]>([
    ['no name', card(PHONE), 'NO_NAME'],
    ['no phone', card('FN:A'), 'NO_PHONE'],
    ['no phone that exists', card('FN:A', 'TEL:12'), 'NOT_A_PHONE'],
    ['no end', 'BEGIN:VCARD\nFN:A\n', 'NO_END'],
    ['a line that is too long', card(`FN:${'a'.repeat(70_000)}`, PHONE), 'LINE_TOO_LONG'],
    ['too many lines', card('FN:A', PHONE, ...Array.from({ length: 1_001 }, () => 'NOTE:x')), 'TOO_MANY_LINES'],
    ['a photo of ten megabytes', card('FN:A', `PHOTO;ENCODING=b:${'A'.repeat(10_000_000)}`, PHONE), null],
    ['a photo that is a script', card('FN:A', 'PHOTO;VALUE=uri:javascript:alert(1)', PHONE), null],
    ['base64 over lines without a space', card('FN:A', 'PHOTO;BASE64:AAAA', 'BBBB', 'CCCC', '', PHONE), null],
  ])('with %s', async (_, bytes, fault) => {
    expect(await drafts(bytes)).toEqual([expect.objectContaining({ fault })]);
  });

  it('reads the others where one of many is broken, and nothing between them', async () => {
    const all = await drafts(`rubbish\n${card('FN:A', PHONE)}BEGIN:VCARD\nFN:B\n${card('FN:C', 'TEL:13800000002')}FN:D\nEND:VCARD\n`);
    expect(all.map(({ name, fault }) => [name, fault])).toEqual([
      ['A', null],
      ['B', 'NO_END'],
      ['C', null],
    ]);
  });

  it('lets others have their turn, and holds no line beyond its bound', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const [draft] = await drafts(
      card('FN:A', `NOTE:${'a'.repeat(MOST_OF_A_LINE + 1)}`, PHONE, ...Array.from({ length: 900 }, () => `X-A:${'b'.repeat(3_000)}`)),
    );
    clearInterval(timer);
    expect(draft!.fault).toBe('LINE_TOO_LONG');
    expect(turns).toBeGreaterThan(1);
  });
});

describe('what is said of an entry (spec 3.1, 3.4)', () => {
  const entry = (e164: string | null, fault: Draft['fault'] = null) => ({ e164, fault }) as Draft;
  const known = (
    more: Partial<Record<'employees' | 'contacts' | 'found', string[]>> & { answers?: number; places?: number },
  ): KnownPhones => ({
    employees: new Set(more.employees),
    contacts: new Set([...(more.contacts ?? []), ...(more.found ?? [])]),
    found: new Set(more.found),
    answers: more.answers ?? 20,
    places: more.places ?? 100,
  });
  it.each<[string, Draft[], KnownPhones, (string | null)[], number]>([
    [
      'new, known, an employee’s, invalid',
      [entry('1'), entry('2'), entry('3'), entry(null, 'NO_PHONE')],
      known({ contacts: ['2'], employees: ['3'] }),
      ['NEW', 'KNOWN', 'EMPLOYEE', 'INVALID'],
      2,
    ],
    ['lacking what must be there', [entry('1'), entry('9')], known({}), ['NEW', 'INCOMPLETE'], 0],
    ['twice in the book', [entry('1'), entry('1')], known({}), ['NEW', 'KNOWN'], 0],
    ['more than the organization may have', [entry('1'), entry('2'), entry('3')], known({ places: 1 }), ['NEW', 'QUOTA', 'QUOTA'], 0],
    ['found anyway, which tells nothing', [entry('1'), entry('2')], known({ found: ['1', '2'], answers: 0 }), ['KNOWN', 'KNOWN'], 0],
    [
      'nothing more, once enough was told: of known ones and of new ones',
      [entry('1'), entry('2'), entry('3'), entry('4')],
      known({ contacts: ['1', '3'], answers: 1 }),
      ['KNOWN', null, null, null],
      1,
    ],
  ])('%s', (_, entries, phones, expected, told) => {
    const said = verdictsOf(entries, phones, ({ e164 }) => e164 !== '9');
    expect([said.verdicts.map(({ verdict }) => verdict), said.told]).toEqual([expected, told]);
  });
});
