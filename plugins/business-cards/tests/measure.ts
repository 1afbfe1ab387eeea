import { pathToFileURL } from 'node:url';
import type { CardReading } from '@guichet/sdk';
import { cardOf } from '../card-fields.rules.ts';
import { Reader } from '../reader.process.ts';
import { type DrawnCard, type DrawnPerson, drawCard, drawnCards, hasChineseFont, type Script } from './drawn-cards.ts';

// Draws cards, reads them, and prints the share of fields that are right: `node plugins/business-cards/tests/measure.ts [--wrong]`.

type Field = keyof DrawnPerson;
const FIELDS: readonly Field[] = ['name', 'company', 'position', 'mobile', 'work', 'email', 'address'];
const loose = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’'‘]/g, '')
    .replaceAll(/[\s,.]+/g, '');
const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** What was read of a field, and whether that is right: blanks and commas apart. Undefined where the card has none. */
export function isRight(person: DrawnPerson, field: Field, reading: CardReading): boolean | undefined {
  const meant = person[field];
  if (meant === undefined) return undefined;
  if (field === 'mobile' || field === 'work') return reading.phones.some(({ value }) => digits(value) === digits(meant));
  if (field === 'email') return reading.email?.value === meant;
  const read = reading[field]?.value;
  return read !== undefined && loose(read) === loose(meant);
}

export async function readAll(cards: readonly DrawnCard[], reader: Reader): Promise<[DrawnCard, CardReading][]> {
  const read: [DrawnCard, CardReading][] = [];
  for (const card of cards) read.push([card, cardOf((await reader.read(await drawCard(card), AbortSignal.timeout(60_000))) ?? [])]);
  return read;
}

async function measure(): Promise<void> {
  const scripts: Script[] = (await hasChineseFont()) ? ['LATIN', 'CHINESE'] : ['LATIN'];
  const reader = new Reader();
  const from = performance.now();
  const every = Number(process.env.EVERY ?? 1);
  const read = await readAll(
    drawnCards(scripts).filter((_, i) => i % every === 0),
    reader,
  );
  reader.end();
  console.log(`${read.length} cards, ${Math.round((performance.now() - from) / read.length)} ms each`);
  for (const script of scripts)
    for (const field of FIELDS) {
      const of = read.filter(([card]) => card.script === script);
      const told = of.map(([{ person }, reading]) => isRight(person, field, reading)).filter((one) => one !== undefined);
      console.log(script, field, `${told.filter(Boolean).length} of ${told.length}`);
    }
  if (!process.argv.includes('--wrong')) return;
  for (const [{ layout, person }, reading] of read)
    for (const field of FIELDS)
      if (isRight(person, field, reading) === false)
        console.log(
          layout,
          field,
          person[field],
          '|',
          field === 'mobile' || field === 'work' ? reading.phones.map(({ value }) => value) : reading[field]?.value,
        );
}
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await measure();
