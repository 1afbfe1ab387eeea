import { entityRef } from '@guichet/sdk';
import { orderLines, orders } from './order.entity.ts';
import { products } from './product.entity.ts';

export const Product = entityRef('Product', products);
export const Order = entityRef('Order', orders);
export const OrderLine = entityRef('OrderLine', orderLines);
