import sharp from 'sharp';

/** What stands on a drawn card, and so what is to be read. */
export interface DrawnPerson {
  readonly name: string;
  readonly company: string;
  readonly position: string;
  readonly mobile: string;
  readonly work?: string;
  readonly email: string;
  readonly address: string;
}
export type Script = 'LATIN' | 'CHINESE';
export interface DrawnCard {
  readonly script: Script;
  readonly layout: number;
  readonly person: DrawnPerson;
}

const W = 1000;
const H = 600;
const LATIN: readonly DrawnPerson[] = [
  {
    name: 'Anna Bergmann',
    company: 'Nordwind Logistics GmbH',
    position: 'Purchasing Manager',
    mobile: '+49 151 2345 6789',
    work: '+49 40 3200 1500',
    email: 'a.bergmann@nordwind-logistics.com',
    address: '12 Harbour Street, 20457 Hamburg',
  },
  {
    name: 'James O’Connor',
    company: 'Clearwater Valves Ltd.',
    position: 'Sales Director',
    mobile: '+44 7400 123456',
    work: '+44 20 7946 0958',
    email: 'james.oconnor@clearwatervalves.co.uk',
    address: '48 Kingsway Road, London WC2B 6NH',
  },
  {
    name: 'Maria Fernandez',
    company: 'Soleil Foods Inc.',
    position: 'Head of Quality',
    mobile: '+1 415 555 2671',
    email: 'maria@soleilfoods.com',
    address: '900 Mission Street, San Francisco, CA 94103',
  },
  {
    name: 'Li Wei',
    company: 'Golden Bridge Trading Co., Ltd.',
    position: 'General Manager',
    mobile: '+86 138 1234 5678',
    work: '+86 21 6888 9900',
    email: 'liwei@goldenbridge.cn',
    address: 'Room 1802, 88 Century Avenue, Shanghai',
  },
];
const CHINESE: readonly DrawnPerson[] = [
  {
    name: '王建国',
    company: '上海恒达阀门有限公司',
    position: '销售总监',
    mobile: '138 1234 5678',
    work: '021-6888 9900',
    email: 'wangjg@hengda.com.cn',
    address: '上海市浦东新区世纪大道88号1802室',
  },
  {
    name: '李晓梅',
    company: '深圳市华信电子科技有限公司',
    position: '采购经理',
    mobile: '13900112233',
    work: '0755-8321 6655',
    email: 'li.xm@huaxin-tech.com',
    address: '深圳市南山区科技园南路15号',
  },
  {
    name: '陈伟',
    company: '北京远洋物流集团',
    position: '总经理',
    mobile: '186 0011 2255',
    email: 'chenwei@oceanlog.cn',
    address: '北京市朝阳区建国路100号',
  },
  {
    name: '赵敏',
    company: '杭州绿源食品股份有限公司',
    position: '市场部主管',
    mobile: '+86 150 6789 0123',
    work: '0571-8765 4321',
    email: 'zhaomin@lvyuan.com',
    address: '杭州市西湖区文三路398号5楼',
  },
];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
interface Style {
  readonly ink: string;
  readonly paper: string;
  readonly font: string;
}
interface Put {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
}
const SANS = 'Liberation Sans, DejaVu Sans, Noto Sans CJK SC, sans-serif';
const SERIF = 'Liberation Serif, DejaVu Serif, Noto Serif CJK SC, serif';
const put = (text: string | undefined, { x, y, size, bold, anchor = 'start', fill }: Put): string =>
  text
    ? `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="bold"' : ''}${fill ? ` fill="${fill}"` : ''}>${escaped(text)}</text>`
    : '';
const lines = (texts: readonly (string | undefined)[], from: Put, step: number): string =>
  texts
    .filter((text) => text !== undefined)
    .map((text, i) => put(text, { ...from, y: from.y + i * step }))
    .join('');

type Words = Readonly<Record<'mobile' | 'work' | 'email' | 'address', string>>;
const WORDS: Readonly<Record<Script, Words>> = {
  LATIN: { mobile: 'Mobile: ', work: 'Tel: ', email: 'Email: ', address: 'Address: ' },
  CHINESE: { mobile: '手机：', work: '电话：', email: '邮箱：', address: '地址：' },
};
type Layout = Style & { draw(person: DrawnPerson, words: Words): string };
const said = (word: string, value: string | undefined): string | undefined => value && `${word}${value}`;
const black = { ink: '#111111', paper: '#ffffff', font: SANS };

/** Ten ways in which cards are laid out. */
const LAYOUTS: readonly Layout[] = [
  // everything from the left, with words before the numbers
  {
    ...black,
    draw: (p, w) =>
      put(p.company, { x: 60, y: 110, size: 40, bold: true }) +
      put(p.name, { x: 60, y: 230, size: 54, bold: true }) +
      put(p.position, { x: 60, y: 290, size: 32 }) +
      lines(
        [said(w.mobile, p.mobile), said(w.work, p.work), said(w.email, p.email), said(w.address, p.address)],
        { x: 60, y: 390, size: 28 },
        46,
      ),
  },
  // in the middle
  {
    ...black,
    font: SERIF,
    draw: (p, w) =>
      put(p.name, { x: 500, y: 150, size: 58, bold: true, anchor: 'middle' }) +
      put(p.position, { x: 500, y: 210, size: 32, anchor: 'middle' }) +
      put(p.company, { x: 500, y: 310, size: 38, anchor: 'middle' }) +
      lines(
        [said(w.mobile, p.mobile), said(w.work, p.work), said(w.email, p.email), p.address],
        { x: 500, y: 400, size: 28, anchor: 'middle' },
        46,
      ),
  },
  // name and position in one line
  {
    ...black,
    paper: '#f6f1e4',
    draw: (p, w) =>
      put(p.name, { x: 60, y: 160, size: 52, bold: true }) +
      put(p.position, { x: 940, y: 160, size: 30, anchor: 'end' }) +
      put(p.company, { x: 60, y: 260, size: 36 }) +
      lines(
        [said(w.address, p.address), said(w.work, p.work), said(w.mobile, p.mobile), said(w.email, p.email)],
        { x: 60, y: 370, size: 28 },
        48,
      ),
  },
  // white on dark
  {
    ink: '#f4f4f4',
    paper: '#1c2a4a',
    font: SANS,
    draw: (p) =>
      put(p.name, { x: 70, y: 190, size: 56, bold: true }) +
      put(p.position, { x: 70, y: 250, size: 30 }) +
      lines([p.company, p.mobile, p.work, p.email, p.address], { x: 70, y: 350, size: 28 }, 46),
  },
  // all on the right
  {
    ...black,
    draw: (p, w) =>
      put(p.company, { x: 940, y: 120, size: 38, bold: true, anchor: 'end' }) +
      put(p.name, { x: 940, y: 250, size: 54, anchor: 'end' }) +
      put(p.position, { x: 940, y: 305, size: 30, anchor: 'end' }) +
      lines([said(w.mobile, p.mobile), said(w.work, p.work), p.email, p.address], { x: 940, y: 400, size: 27, anchor: 'end' }, 44),
  },
  // a coloured band above, and two columns below
  {
    ...black,
    draw: (p) =>
      '<rect x="0" y="0" width="1000" height="150" fill="#a51d2d"/>' +
      put(p.company, { x: 60, y: 95, size: 40, bold: true, fill: '#ffffff' }) +
      put(p.name, { x: 60, y: 260, size: 52, bold: true }) +
      put(p.position, { x: 60, y: 315, size: 30 }) +
      put(p.mobile, { x: 60, y: 420, size: 28 }) +
      put(p.work, { x: 560, y: 420, size: 28 }) +
      put(p.email, { x: 60, y: 480, size: 28 }) +
      put(p.address, { x: 60, y: 540, size: 28 }),
  },
  // a mark on the left
  {
    ...black,
    draw: (p, w) =>
      '<circle cx="150" cy="300" r="90" fill="#2a7f62"/><rect x="110" y="260" width="80" height="80" fill="#ffffff"/>' +
      put(p.name, { x: 300, y: 150, size: 52, bold: true }) +
      put(p.position, { x: 300, y: 205, size: 30 }) +
      lines([p.company, said(w.mobile, p.mobile), said(w.work, p.work), p.email, p.address], { x: 300, y: 310, size: 28 }, 50),
  },
  // grey and small
  {
    ...black,
    ink: '#4a4a4a',
    draw: (p) =>
      put(p.company, { x: 60, y: 100, size: 32 }) +
      put(p.name, { x: 60, y: 280, size: 44 }) +
      put(p.position, { x: 60, y: 325, size: 24 }) +
      lines([p.address, p.work, p.mobile, p.email], { x: 60, y: 420, size: 23 }, 40),
  },
  // upright
  {
    ...black,
    font: SERIF,
    draw: (p, w) =>
      put(p.company, { x: 500, y: 120, size: 40, bold: true, anchor: 'middle' }) +
      '<line x1="100" x2="900" y1="160" y2="160" stroke="#888888" stroke-width="3"/>' +
      put(p.name, { x: 100, y: 260, size: 52, bold: true }) +
      put(p.position, { x: 420, y: 260, size: 30 }) +
      lines(
        [said(w.work, p.work), said(w.mobile, p.mobile), said(w.email, p.email), said(w.address, p.address)],
        { x: 100, y: 360, size: 28 },
        48,
      ),
  },
  // several things in one line
  {
    ...black,
    paper: '#e9f0f5',
    draw: (p, w) =>
      put(p.name, { x: 60, y: 150, size: 54, bold: true }) +
      put(p.position, { x: 60, y: 205, size: 30 }) +
      put(p.company, { x: 60, y: 320, size: 36, bold: true }) +
      put(p.address, { x: 60, y: 400, size: 27 }) +
      put([said(w.mobile, p.mobile), said(w.work, p.work)].filter(Boolean).join('   '), { x: 60, y: 460, size: 27 }) +
      put(p.email, { x: 60, y: 515, size: 27 }),
  },
];

/** Four people of each script on each layout. */
export const drawnCards = (scripts: readonly Script[]): DrawnCard[] =>
  scripts.flatMap((script) =>
    LAYOUTS.flatMap((_, layout) => (script === 'LATIN' ? LATIN : CHINESE).map((person) => ({ script, layout, person }))),
  );

/** The card as a photo has it: on a table, slightly turned, not quite sharp. */
export async function drawCard({ script, layout, person }: DrawnCard, turn = 0): Promise<Buffer> {
  const { ink, paper, font, draw } = LAYOUTS[layout]!;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${W}" height="${H}"><rect width="100%" height="100%" fill="${paper}"/><g fill="${ink}" font-family="${font}">${draw(person, WORDS[script])}</g></svg>`;
  const slant = ((layout * 7 + person.name.length * 3) % 5) / 2 - 1;
  const card = await sharp(Buffer.from(svg)).rotate(slant, { background: '#8a7f70' }).toBuffer();
  const photo = await sharp(card).extend({ top: 40, bottom: 40, left: 50, right: 50, background: '#8a7f70' }).blur(0.6).toBuffer();
  return sharp(photo).rotate(turn).jpeg({ quality: 82 }).toBuffer();
}

/** Whether this machine has a font with Chinese: without one, all characters are the same box. */
export async function hasChineseFont(): Promise<boolean> {
  const drawn = async (text: string) =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="100%" height="100%" fill="white"/><text x="5" y="45" font-size="40" font-family="${SANS}">${text}</text></svg>`,
      ),
    )
      .greyscale()
      .raw()
      .toBuffer();
  const [one, other] = await Promise.all([drawn('中'), drawn('店')]);
  return !one.equals(other);
}
