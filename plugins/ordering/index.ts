import { defineModule, formKinds, readMigrations, register, windowTiles } from '@guichet/sdk';
import { demo } from './demo.ts';
import { Order, OrderLine } from './order.entity.ts';
import { orderTypes } from './order.graphql.ts';
import { orderKind } from './order.service.ts';
import { ordering } from './permissions.ts';
import { Product } from './product.entity.ts';
import { productTypes } from './product.graphql.ts';
import { orderingSettings } from './settings.ts';
import { catalogueTile } from './tile.ts';

export { type Asking, type StockSource, stockSources } from './stock-source.ts';

export default defineModule({
  name: 'ordering',
  version: '0.1.0',
  description: 'Catalogue and orders with frozen prices, confirmed by the customer on receipt.',
  guichet: '^0.1.0',
  needs: ['forms', 'service-window', 'window-apps'],
  entities: [Product, Order, OrderLine],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(ordering),
  registrations: [register(formKinds, orderKind), register(windowTiles, catalogueTile)],
  settings: orderingSettings,
  types: (builder) => {
    productTypes(builder);
    orderTypes(builder);
  },
  demo,
});
