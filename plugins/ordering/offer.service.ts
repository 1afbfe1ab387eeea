import { notFound, type RowOf, type UseCase } from '@guichet/sdk';
import { type CatalogueReading, readingOf } from './catalogue-reading.ts';
import type { AskedLine, OfferedProduct } from './order.rules.ts';
import { variantOf } from './order.rules.ts';
import { listedPrices } from './price.service.ts';
import type { products } from './product.entity.ts';

/** Where a line stands in the input. */
const at = (line: number, field: string): string[] => ['input', 'lines', String(line), field];

/** @throws NotFound for a product or variant that the seat cannot come to, or a variant of another product */
export async function findNamed(use: UseCase, lines: readonly AskedLine[]): Promise<void> {
  await use.findAll(
    'Product',
    lines.map(({ productId }) => productId),
    (line) => at(line, 'productId'),
  );
  await use.findAll('ProductVariant', lines.map(variantOf), (line) => at(line, 'variantId'));
}

/** What lines order, with the prices for whoever orders; the rows are held by then. @throws NotFound for a variant of another product */
export async function offeredTo(
  use: UseCase,
  contactId: string | undefined,
  lines: readonly AskedLine[],
): Promise<ReadonlyMap<string, OfferedProduct>> {
  const found = await offers(readingOf(use), contactId, lines.map(variantOf));
  const stray = lines.findIndex((line) => (found.get(variantOf(line))!.variantOfId ?? variantOf(line)) !== line.productId);
  if (stray >= 0) throw notFound({}, at(stray, 'variantId'));
  return found;
}

/** A variant with its product and its stock. */
export type Offer = OfferedProduct & { readonly variantOfId: string | null; readonly stock: number };

/** Variants with what they cost somebody. */
export async function offers(
  reading: CatalogueReading,
  contactId: string | undefined,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, Offer>> {
  if (variantIds.length === 0) return new Map();
  const found = await reading.on.selectFrom('plg_ordering.products').select(COLUMNS).where('id', 'in', variantIds).execute();
  const listed = await listedPrices(reading, contactId, variantIds);
  return new Map(found.map((row) => [row.id, { ...offerOf(row), listed: listed.get(row.id) }]));
}
const COLUMNS = [
  'id',
  'name',
  'unit',
  'sku',
  'currency',
  'minimum',
  'stock',
  'pack_multiple',
  'tax_rate',
  'withdrawn_at',
  'price_minor',
  'variant_of_id',
] as const;
const offerOf = (row: Pick<RowOf<typeof products>, (typeof COLUMNS)[number]>): Offer => {
  const { pack_multiple: packMultiple, tax_rate: taxRate, withdrawn_at: withdrawnAt, ...rest } = row;
  const { price_minor: priceMinor, variant_of_id: variantOfId, ...same } = rest;
  return { ...same, packMultiple, taxRate, withdrawnAt, priceMinor, variantOfId };
};
