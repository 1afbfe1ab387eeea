import type { UseCase } from '@guichet/sdk';
import { ensureTemplate } from './order.service.ts';
import { Product } from './product.entity.ts';
import { addProduct, type NewProduct } from './product.service.ts';

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const CATALOGUE: readonly NewProduct[] = [
  { name: 'Cordless drill 18 V', description: 'With two batteries and a case.', unit: 'piece', price: CNY(79_900), stock: 4_000 },
  { name: 'Hex bolt M8 × 40', description: 'Zinc plated, strength 8.8.', unit: 'box of 100', price: CNY(4_500), stock: 60_000 },
  { name: 'Safety helmet', description: 'White, adjustable.', unit: 'piece', price: CNY(6_800), stock: 9_000 },
  { name: 'Angle grinder 125 mm', unit: 'piece', price: CNY(46_900), stock: 2_500 },
  { name: 'Cutting disc 125 mm', unit: 'pack of 25', price: CNY(9_900), stock: 30_000 },
  { name: 'Work gloves', description: 'Size 9.', unit: 'pack of 12', price: CNY(5_400), stock: 20_000 },
];

/** A catalogue and the template of orders, unless the organization has them. */
export async function demo(use: UseCase): Promise<void> {
  await ensureTemplate(use);
  const known = await use.em.findOne(Product, {}, { orderBy: { id: 'asc' } });
  if (!known) for (const product of CATALOGUE) await addProduct(use, product);
}
