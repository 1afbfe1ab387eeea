import { type UseCase, versionConflict } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { Product } from './product.entity.ts';

export interface NewProduct {
  readonly name: string;
  readonly description?: string;
  readonly unit: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock: number;
}

/** @returns the product's id. */
export async function addProduct(use: UseCase, { price, description, ...product }: NewProduct): Promise<string> {
  const { amount: priceMinor, currency } = price;
  return use.em.create(Product, { ...product, priceMinor, currency, description: description ?? null }).id;
}

/** Finds and locks a product that the seat may change. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdProduct(
  use: UseCase,
  { productId, expectedVersion }: { readonly productId: string; readonly expectedVersion: number },
): Promise<void> {
  await use.authorize('Product', productId, ordering.manage, { path: ['input', 'productId'] });
  const { version } = await use.em.findOneOrFail(Product, productId);
  if (version !== expectedVersion) throw versionConflict({ current: { type: 'Product', uuid: productId } }, ['input', 'expectedVersion']);
}

/** What is left out stays; an empty description is none. */
export async function updateProduct(
  use: UseCase,
  productId: string,
  { price, description, ...changes }: Partial<NewProduct>,
): Promise<void> {
  const product = await use.em.findOneOrFail(Product, productId); // in the identity map since the guard
  if (price) use.em.assign(product, { priceMinor: price.amount, ...inCurrency(product, price.currency) });
  if (description !== undefined) product.description = description || null;
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) use.em.assign(product, { [name]: value });
}

/** What it costs the seller was in the former currency. */
const inCurrency = (product: { readonly currency: string }, currency: string) =>
  product.currency === currency ? {} : { currency, costMinor: null };
