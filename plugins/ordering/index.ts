import {
  contactPurged,
  defineModule,
  filePurposes,
  formKinds,
  listen,
  notificationKinds,
  notificationSubjects,
  readMigrations,
  register,
  windowTiles,
} from '@guichet/sdk';
import { Cart, CartLine } from './cart.entity.ts';
import { cartTypes } from './cart.graphql.ts';
import { forgetCustomer } from './cart.service.ts';
import { Buyer, CreditAccount } from './credit.entity.ts';
import { creditTypes } from './credit.graphql.ts';
import { demo } from './demo.ts';
import { Dispute, DisputePhoto } from './dispute.entity.ts';
import { disputeTypes } from './dispute.graphql.ts';
import { disputePhotoPurpose } from './dispute-photo.purpose.ts';
import { Order, OrderLine, Reservation } from './order.entity.ts';
import { orderTypes } from './order.graphql.ts';
import { orderMoves } from './order.moves.ts';
import { orderKind } from './order.service.ts';
import { changesThatLapse, puttingOffChanges } from './order-change.clock.ts';
import { OrderChange, OrderChangeLine } from './order-change.entity.ts';
import { changeTypes } from './order-change.graphql.ts';
import { changeNotifications } from './order-change.notifications.ts';
import { ordersOfEndedForms } from './order-ending.clock.ts';
import { liveTypes } from './order-live.graphql.ts';
import { OrderRequest } from './order-request.entity.ts';
import { requestTypes } from './order-request.graphql.ts';
import { requestMoves } from './order-request.moves.ts';
import { requestNotifications } from './order-request.notifications.ts';
import { Payment } from './payment.entity.ts';
import { paymentTypes } from './payment.graphql.ts';
import { ORDERING_RIGHTS, ordering } from './permissions.ts';
import { ListPrice, PriceList, PriceListAudience } from './price-list.entity.ts';
import { priceListTypes } from './price-list.graphql.ts';
import { Product } from './product.entity.ts';
import { productTypes } from './product.graphql.ts';
import { receiptsByThemselves } from './receipt.clock.ts';
import { puttingOffReservations, reservationsThatEnd } from './reservation.clock.ts';
import { OrderReturn, OrderReturnLine } from './return.entity.ts';
import { returnTypes } from './return.graphql.ts';
import { returnMoves } from './return.moves.ts';
import { returnNotifications } from './return.notifications.ts';
import { orderingSettings } from './settings.ts';
import { Shipment, ShipmentLine } from './shipment.entity.ts';
import { shipmentMoves } from './shipment.moves.ts';
import { shippingTypes } from './shipping.graphql.ts';
import { shippingNotifications } from './shipping.notifications.ts';
import { catalogueTile } from './tile.ts';
import { variantTypes } from './variant.graphql.ts';

export { type Asking, type StockSource, stockSources } from './stock-source.ts';

export default defineModule({
  name: 'ordering',
  version: '0.1.0',
  description: 'Catalogue and orders with frozen prices, confirmed by the customer on receipt.',
  guichet: '^0.1.0',
  needs: ['contacts', 'files', 'forms', 'notifications', 'service-window', 'window-apps'],
  entities: [
    Product,
    PriceList,
    PriceListAudience,
    ListPrice,
    Cart,
    CartLine,
    Order,
    OrderLine,
    Reservation,
    Shipment,
    ShipmentLine,
    Dispute,
    DisputePhoto,
    OrderChange,
    OrderChangeLine,
    OrderReturn,
    OrderReturnLine,
    Payment,
    CreditAccount,
    Buyer,
    OrderRequest,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(ordering),
  rights: ORDERING_RIGHTS,
  registrations: [
    register(formKinds, orderKind),
    register(windowTiles, catalogueTile),
    register(filePurposes, disputePhotoPurpose),
    register(notificationSubjects, { type: 'OrderRequest' }),
    ...[...shippingNotifications, ...changeNotifications, ...returnNotifications, ...requestNotifications].map((kind) =>
      register(notificationKinds, kind),
    ),
  ],
  listeners: [listen(contactPurged, (use, { contactId }) => forgetCustomer(use, contactId)), puttingOffChanges, puttingOffReservations],
  clocks: [reservationsThatEnd, receiptsByThemselves, changesThatLapse, ordersOfEndedForms],
  moves: [orderMoves, shipmentMoves, returnMoves, requestMoves],
  settings: orderingSettings,
  types: (builder) => {
    productTypes(builder);
    variantTypes(builder);
    priceListTypes(builder);
    cartTypes(builder);
    orderTypes(builder);
    shippingTypes(builder);
    disputeTypes(builder);
    changeTypes(builder);
    returnTypes(builder);
    paymentTypes(builder);
    creditTypes(builder);
    requestTypes(builder);
    liveTypes(builder);
  },
  demo,
});
