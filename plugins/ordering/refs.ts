import { entityRef } from '@guichet/sdk';
import { cartLines, carts } from './cart.entity.ts';
import { orderLines, orders } from './order.entity.ts';
import { listPrices, priceListAudience, priceLists } from './price-list.entity.ts';
import { products } from './product.entity.ts';
import { shipmentLines, shipments } from './shipment.entity.ts';

export const Product = entityRef('Product', products);
export const Order = entityRef('Order', orders);
export const OrderLine = entityRef('OrderLine', orderLines);
/** The same rows as Product: each is something that can be ordered. */
export const ProductVariant = entityRef('ProductVariant', products);
export const PriceList = entityRef('PriceList', priceLists);
export const PriceListAudience = entityRef('PriceListAudience', priceListAudience);
export const ListPrice = entityRef('ListPrice', listPrices);
export const Cart = entityRef('Cart', carts);
export const CartLine = entityRef('CartLine', cartLines);
/** The same row as Order: what whoever ships it knows. */
export const OrderShipping = entityRef('OrderShipping', orders);
export const OrderShippingViewerCan = entityRef('OrderShippingViewerCan', orders);
export const ShippingLine = entityRef('ShippingLine', orderLines);
export const Shipment = entityRef('Shipment', shipments);
export const ShipmentLine = entityRef('ShipmentLine', shipmentLines);
