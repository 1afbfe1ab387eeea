import { entityRef, refs } from '@guichet/sdk';
import { cartLines, carts } from './cart.entity.ts';
import { buyers, creditAccounts } from './credit.entity.ts';
import { disputePhotos, disputes } from './dispute.entity.ts';
import { orderLines, orders } from './order.entity.ts';
import { orderChangeLines, orderChanges } from './order-change.entity.ts';
import { orderRequests } from './order-request.entity.ts';
import { payments } from './payment.entity.ts';
import { listPrices, priceListAudience, priceLists } from './price-list.entity.ts';
import { products } from './product.entity.ts';
import { returnLines, returns } from './return.entity.ts';
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
export const ShipmentViewerCan = entityRef('ShipmentViewerCan', shipments);
export const ShipmentLine = entityRef('ShipmentLine', shipmentLines);
export const OrderDispute = entityRef('OrderDispute', disputes);
export const OrderDisputePhoto = entityRef('OrderDisputePhoto', disputePhotos);
export const OrderChange = entityRef('OrderChange', orderChanges);
export const OrderChangeLine = entityRef('OrderChangeLine', orderChangeLines);
export const OrderReturn = entityRef('OrderReturn', returns);
export const OrderReturnLine = entityRef('OrderReturnLine', returnLines);
export const OrderReturnViewerCan = entityRef('OrderReturnViewerCan', returns);
/** The same row as Order: what whoever writes payments down knows. */
export const OrderAccount = entityRef('OrderAccount', orders);
export const OrderPayment = entityRef('OrderPayment', payments);
export const CreditAccount = entityRef('CreditAccount', creditAccounts);
/** The core’s own row of a company: what whoever keeps credit knows of it. */
export const OrderingCompany = entityRef('OrderingCompany', refs.Company);
export const OrderingBuyer = entityRef('OrderingBuyer', buyers);
export const OrderRequest = entityRef('OrderRequest', orderRequests);
export const OrderRequestViewerCan = entityRef('OrderRequestViewerCan', orderRequests);
