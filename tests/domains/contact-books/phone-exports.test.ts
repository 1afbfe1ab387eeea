import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from '../../../src/domains/contact-books/book-draft.ts';
import { entriesOf } from '../../../src/domains/contact-books/vcard-reader.ts';

async function draftsOf(...pieces: readonly (string | Buffer)[]): Promise<Draft[]> {
  const all: Draft[] = [];
  for await (const entry of entriesOf(Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))))) all.push(draftOf(entry, 'CN'));
  return all;
}
const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n`;
/** 王雷, 上海 and 采购 in GBK. */
const [WANG_LEI, SHANGHAI, BUYING] = ['cdf5c0d7', 'c9cfbaa3', 'b2c9b9ba'].map((hex) => Buffer.from(hex, 'hex')) as [Buffer, Buffer, Buffer];

describe('what phones and mail programs write (spec 3.1)', () => {
  it('a mail program of an office, in the charset of its machine without saying so', async () => {
    const [draft, ...others] = await draftsOf(
      lines('BEGIN:VCARD', 'VERSION:2.1'),
      'N;LANGUAGE=zh-cn:',
      WANG_LEI.subarray(0, 2),
      ';',
      WANG_LEI.subarray(2),
      '\r\nFN:',
      WANG_LEI,
      lines('', 'ORG:Riverside', 'TEL;WORK;VOICE:(021) 5888-0001', 'TEL;CELL;VOICE:138 0000 0001', 'TEL;WORK;FAX:(021) 5888-0002'),
      'TITLE:',
      BUYING,
      lines('', 'ADR;WORK;PREF:;;1 Quay;'.slice(0, -1)).trimEnd(),
      ';',
      SHANGHAI,
      lines(
        ';;200000;China',
        'LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:1 Quay=0D=0A=',
        'Shanghai',
        'X-MS-OL-DEFAULT-POSTAL-ADDRESS:2',
        'EMAIL;PREF;INTERNET:wang@example.com',
        'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
        ' /9j/4AAQSkZJRgABAQEAYABgAAD',
        '',
        'X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards" ver="1.0"></card>',
        'REV:20240102T030405Z',
        'END:VCARD',
      ),
    );
    expect(others).toEqual([]);
    expect(draft).toMatchObject({
      name: '王雷',
      e164: '+8613800000001',
      company: 'Riverside',
      position: '采购',
      email: 'wang@example.com',
      address: '1 Quay, 上海, 200000, China',
      hasPhoto: true,
      fault: null,
      furtherPhones: [{ kind: 'WORK' }, { phone: '(021) 5888-0002', kind: 'FAX' }],
    });
  });

  it('a phone that keeps labels on lines of their own, and folds', async () => {
    expect(
      await draftsOf(
        lines(
          'BEGIN:VCARD',
          'VERSION:3.0',
          'PRODID:-//Apple Inc.//iPhone OS 17.4//EN',
          'N:王;雷;;;',
          'FN:王雷',
          'ORG:河岸贸易有限公司;采购部',
          'item1.EMAIL;type=INTERNET;type=pref:wang@example.com',
          'item1.X-ABLabel:_$!<Other>!$_',
          'TEL;type=WORK;type=VOICE:021-5888 0001',
          'item2.TEL;type=pref:+86 138-0000-0001',
          'item2.X-ABLabel:微信',
          'item3.ADR;type=HOME;type=pref:;;世纪大道1号;上海;;200120;中国',
          'item3.X-ABADR:cn',
          'NOTE:met at the fair\\, asked for',
          '  prices',
          'item4.URL;type=pref:https\\://example.com',
          'END:VCARD',
        ),
      ),
    ).toMatchObject([
      {
        name: '王雷',
        e164: '+8613800000001',
        company: '河岸贸易有限公司',
        address: '世纪大道1号, 上海, 200120, 中国',
        remark: 'met at the fair, asked for prices',
        furtherPhones: [{ phone: '021-5888 0001', kind: 'WORK', label: null }],
        fault: null,
      },
    ]);
  });

  it('an old phone that writes quoted-printable over soft breaks, with a kind of number of its own', async () => {
    expect(
      await draftsOf(
        lines(
          'BEGIN:VCARD',
          'VERSION:2.1',
          'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E9=9B=B7;;;',
          'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=E9=9B=B7',
          'TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=8A=9E=E5=85=AC):02158880001',
          'TEL;CELL;PREF:138-0000-0001',
          'ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=B2=B3=E5=B2=B8=E8=B4=B8=E6=98=93=E6=9C=89=E9=99=90=E5=85=AC=',
          '=E5=8F=B8',
          'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=B1=95=E4=BC=9A=0A=E7=AC=',
          '=AC=E4=BA=8C=E8=A1=8C',
          'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Lei;1;;;;;;;;;;;;;',
          'END:VCARD',
        ),
      ),
    ).toMatchObject([
      {
        name: '王雷',
        e164: '+8613800000001',
        company: '河岸贸易有限公司',
        remark: '展会\n第二行',
        furtherPhones: [{ phone: '02158880001', label: '办公' }],
        fault: null,
      },
    ]);
  });

  it('a value of quoted-printable that ends in `=`, behind which the next entry is one still', async () => {
    const card = (name: string, phone: string): string =>
      lines(
        'BEGIN:VCARD',
        'VERSION:2.1',
        `FN:${name}`,
        `TEL;CELL:${phone}`,
        'NOTE;ENCODING=QUOTED-PRINTABLE:cut off =E5=B1=95=',
        'END:VCARD',
      );
    expect(await draftsOf(card('A', '13800000001'), card('B', '13800000002'))).toMatchObject([
      { name: 'A', remark: 'cut off 展', fault: null },
      { name: 'B', remark: 'cut off 展', fault: null },
    ]);
  });

  it('an address book of the web, with bare labels and photos elsewhere', async () => {
    expect(
      await draftsOf(
        lines(
          'BEGIN:VCARD',
          'VERSION:3.0',
          'FN:Wang Lei',
          'N:Lei;Wang;;;',
          'EMAIL;TYPE=INTERNET:wang@example.com',
          'item1.TEL:+86 21 5888 0001',
          'item1.X-ABLabel:Front desk',
          'TEL;TYPE=CELL:+86 138 0000 0001',
          'PHOTO:https://example.com/a.jpg',
          'CATEGORIES:myContacts,Customers',
          'END:VCARD',
        ),
      ),
    ).toMatchObject([
      {
        name: 'Wang Lei',
        e164: '+8613800000001',
        hasPhoto: false,
        furtherPhones: [{ phone: '+86 21 5888 0001', label: 'Front desk' }],
        fault: null,
      },
    ]);
  });

  it('a phone of the newest version, with numbers as addresses and its picture as one', async () => {
    expect(
      await draftsOf(
        lines(
          'BEGIN:VCARD',
          'VERSION:4.0',
          'FN;CHARSET=UTF-8:王雷',
          'N:王;雷;;;',
          'TEL;TYPE="cell,voice";VALUE=uri;PREF=1:tel:+86-138-0000-0001',
          'TEL;TYPE=work;VALUE=uri:tel:+86-21-5888-0001;ext=802',
          'PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==',
          'BDAY:--0203',
          'END:VCARD',
        ),
      ),
    ).toMatchObject([
      { name: '王雷', e164: '+8613800000001', hasPhoto: true, furtherPhones: [{ phone: '+86-21-5888-0001 ext 802', kind: 'WORK' }] },
    ]);
  });
});
