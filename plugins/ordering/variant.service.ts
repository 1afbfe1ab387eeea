import { invalid, type UseCase, versionConflict } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { Product } from './product.entity.ts';

/** Of one product, itself among them: as many as a list shows. */
export const MOST_VARIANTS = 100;

interface Money {
  readonly amount: number;
  readonly currency: string;
}
export interface VariantDetails {
  readonly name: string;
  readonly unit: string;
  readonly stock: number;
  readonly sku?: string;
  readonly price?: Money;
  readonly cost?: Money;
  readonly packMultiple?: number;
  readonly minimum?: number;
  readonly taxRate?: number;
  readonly lowStock?: number;
}

/** The product is locked. @returns the variant's id. @throws ValidationFailed */
export async function addVariant(
  use: UseCase,
  { productId, price, cost, ...details }: VariantDetails & { readonly productId: string },
): Promise<string> {
  const product = await use.em.findOneOrFail(Product, productId);
  if ((await use.em.count(Product, { variantOfId: productId })) >= MOST_VARIANTS - 1)
    throw invalid(['input', 'productId'], 'TOO_MANY', {
      en: `A product has at most ${MOST_VARIANTS} variants.`,
      'zh-CN': `一个产品最多 ${MOST_VARIANTS} 个规格。`,
    });
  const currency = price?.currency ?? product.currency;
  refuseCost(cost, currency);
  refuseTakenSku(use);
  const amounts = { priceMinor: price?.amount ?? null, costMinor: cost?.amount ?? null };
  return use.em.create(Product, { ...details, ...amounts, currency, variantOfId: productId, withdrawnAt: product.withdrawnAt }).id;
}

const refuseTakenSku = (use: UseCase): void =>
  use.refuseTaken('products_sku', () =>
    invalid(['input', 'sku'], 'TAKEN', { en: 'Another variant has this number.', 'zh-CN': '该编号已被其他规格使用。' }),
  );

function refuseCost(cost: Money | undefined, currency: string): void {
  if (cost && cost.currency !== currency)
    throw invalid(['input', 'cost', 'currency'], 'ONE_CURRENCY', {
      en: 'What it costs is in the currency of its price.',
      'zh-CN': '成本与价格须使用同一货币。',
    });
}

/** Finds and locks a variant that the seat may change. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdVariant(
  use: UseCase,
  { variantId, expectedVersion }: { readonly variantId: string; readonly expectedVersion: number },
): Promise<void> {
  await use.authorize('ProductVariant', variantId, ordering.manage, { path: ['input', 'variantId'] });
  const { version } = await use.em.findOneOrFail(Product, variantId);
  if (version !== expectedVersion)
    throw versionConflict({ current: { type: 'ProductVariant', uuid: variantId } }, ['input', 'expectedVersion']);
}

/** What is left out stays. A cost in the former currency goes with it. */
export async function updateVariant(use: UseCase, variantId: string, { price, cost, ...changes }: Partial<VariantDetails>): Promise<void> {
  const variant = await use.em.findOneOrFail(Product, variantId); // in the identity map since the guard
  const currency = price?.currency ?? variant.currency;
  refuseCost(cost, currency);
  refuseTakenSku(use);
  if (currency !== variant.currency) use.em.assign(variant, { currency, costMinor: null });
  if (price) variant.priceMinor = price.amount;
  if (cost) variant.costMinor = cost.amount;
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) use.em.assign(variant, { [name]: value });
}

/** One that is withdrawn already keeps its date; with a product go its variants. */
export async function withdrawVariant(use: UseCase, variantId: string): Promise<void> {
  const rows = await use.em.find(Product, { $or: [{ id: variantId }, { variantOfId: variantId }] }, { orderBy: { id: 'asc' } });
  for (const row of rows) row.withdrawnAt ??= use.now;
}
