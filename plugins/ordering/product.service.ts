import type { UseCase } from '@guichet/sdk';
import { productTables } from './product.entity.ts';

export interface NewProduct {
  readonly name: string;
  readonly description?: string;
  readonly unit: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock: number;
}

/** @returns the product's id. */
export async function addProduct(use: UseCase, { name, description, unit, price, stock }: NewProduct): Promise<string> {
  const id = use.newId();
  await use
    .on(productTables)
    .insertInto('plg_ordering.products')
    .values({
      organization_id: use.organizationId,
      id,
      name,
      description: description ?? null,
      unit,
      price_minor: price.amount,
      currency: price.currency,
      stock,
    })
    .execute();
  return id;
}

/** A product that is withdrawn already keeps its date. */
export async function withdrawProduct(use: UseCase, productId: string): Promise<void> {
  await use
    .on(productTables)
    .updateTable('plg_ordering.products')
    .set({ withdrawn_at: use.now })
    .where('id', '=', productId)
    .where('withdrawn_at', 'is', null)
    .execute();
}
