import { type UseCase, versionConflict } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { productTables } from './product.entity.ts';

export interface NewProduct {
  readonly name: string;
  readonly description?: string;
  readonly unit: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock: number;
}

/** @returns the product's id. */
export async function addProduct(use: UseCase, product: NewProduct): Promise<string> {
  const { name, unit, stock, price, description } = product;
  const id = use.newId();
  const own = { organization_id: use.organizationId, id, description: description ?? null };
  await use
    .on(productTables)
    .insertInto('plg_ordering.products')
    .values({ ...own, name, unit, stock, price_minor: price.amount, currency: price.currency })
    .execute();
  return id;
}

/** Finds and locks a product that the seat may change. @throws NotFound, FORBIDDEN, VersionConflict */
export async function holdProduct(
  use: UseCase,
  { productId, expectedVersion }: { readonly productId: string; readonly expectedVersion: number },
): Promise<void> {
  await use.authorize('Product', productId, ordering.manage, { path: ['input', 'productId'] });
  const { version } = await use
    .on(productTables)
    .selectFrom('plg_ordering.products')
    .select('version')
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
  if (version !== expectedVersion) throw versionConflict({ current: { type: 'Product', uuid: productId } }, ['input', 'expectedVersion']);
}

/** What is left out stays; an empty description is none. */
export async function updateProduct(use: UseCase, productId: string, changes: Partial<NewProduct>): Promise<void> {
  const { name, unit, stock, price, description } = changes;
  await use
    .on(productTables)
    .updateTable('plg_ordering.products')
    .set((of) => ({
      version: of('version', '+', 1),
      name,
      unit,
      stock,
      price_minor: price?.amount,
      currency: price?.currency,
      description: description === '' ? null : description,
    }))
    .where('id', '=', productId)
    .execute();
}

/** A product that is withdrawn already keeps its date. */
export async function withdrawProduct(use: UseCase, productId: string): Promise<void> {
  await use
    .on(productTables)
    .updateTable('plg_ordering.products')
    .set((of) => ({ withdrawn_at: use.now, version: of('version', '+', 1) }))
    .where('id', '=', productId)
    .where('withdrawn_at', 'is', null)
    .execute();
}
