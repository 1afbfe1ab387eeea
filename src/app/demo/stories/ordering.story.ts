import { read, type StoryTab } from '../story-tab.ts';
import type { AppStory } from './app-story.ts';

/** An operation of a mutation, named as that unless it is said. */
const does = (mutation: string, input: string, success: string, { as = mutation, given = '', refused = '' } = {}): string => {
  const type = mutation[0]!.toUpperCase() + mutation.slice(1);
  return `mutation ${as[0]!.toUpperCase()}${as.slice(1)}${given && `(${given})`} {
    ${mutation}(input: { ${input} }) { __typename ... on ${type}Success { ${success} } ${refused} ... on UserError { code message path } }
  }`;
};
/** The same of one that is refused out of its turn. */
const moves: typeof does = (mutation, input, success, more) =>
  does(mutation, input, success, { ...more, refused: '... on InvalidTransition { state allowed }' });
const set = (as: string, shipping: boolean): string => `mutation ${as} {
  updatePluginSettings(input: { plugin: "ordering", settings: { shipping: ${shipping} } }) { __typename ... on UserError { code message } }
}`;
const grant = (as: string, right: string): string => `mutation ${as}($to: ID!) {
  grantAdminRight(input: { employeeId: $to, right: ${right} }) { __typename ... on UserError { code message } }
}`;
const all = (...operations: string[]): string => operations.join('\n\n');

const ORDER = 'order { state lines { name quantity shipped received } }';
const RETURN = 'return { state lines { name quantity } }';
const CART = 'cart { total { amount currency } lines { quantity unitPrice { amount } fault } }';
const ACCOUNT = 'order { state total { amount } credited { amount } paid { amount } }';

const FILL = all(
  does('addToCart', 'variantId: $first, quantity: 4', CART, { as: 'FillCart', given: '$first: ID!' }),
  does('addToCart', 'variantId: $second, quantity: 2', CART, { as: 'FillCartMore', given: '$second: ID!' }),
);
const ORDER_CART = `mutation OrderCart($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on PlaceOrderSuccess { order { number customerState total { amount currency } shipping { state } } }
    ... on OrderingPriceChanged { lines { name from { amount } to { amount } } }
    ... on UserError { code message path }
  }
}`;
const MINE = `query MyOrders {
  orders(first: 3) {
    nodes {
      number state lines { name quantity shipped received }
      shipments { state tracking lines { quantity received disputed } }
      disputes { state } returns { state }
    }
  }
  creditAccounts(first: 3) { nodes { used { amount currency } left { amount } } }
}`;
const RECEIVE = all(
  moves('confirmReceipt', 'orderId: $order, lines: [{ lineId: $come }]', ORDER, { as: 'ConfirmFirst', given: '$order: ID!, $come: ID!' }),
  moves('disputeReceipt', 'orderId: $order, lines: [{ lineId: $broken, quantity: 1 }], reason: "The box is crushed."', ORDER, {
    given: '$order: ID!, $broken: ID!',
  }),
  moves('confirmReceipt', 'orderId: $order', ORDER, { as: 'ConfirmRest', given: '$order: ID!' }),
);
const GIVE_BACK = all(
  does('requestReturn', 'orderId: $order, lines: [{ lineId: $line, quantity: 1 }], reason: "One too many."', RETURN, {
    given: '$order: ID!, $line: ID!',
  }),
  moves('sendReturn', 'returnId: $return, carrier: "SF", tracking: "SF 2"', RETURN, { given: '$return: ID!' }),
);
const SHIP = all(
  moves('createShipment', 'orderId: $order, pack: true, lines: [{ lineId: $line, quantity: 4 }]', 'shipment { id state }', {
    as: 'PackSome',
    given: '$order: ID!, $line: ID!',
  }),
  moves('sendShipment', 'shipmentId: $shipment, carrier: "SF", tracking: "SF 1"', `shipment { state } ${ORDER}`, {
    given: '$shipment: ID!',
  }),
  moves('deliverShipment', 'shipmentId: $shipment', 'shipment { state deliveredAt }', { given: '$shipment: ID!' }),
  moves('createShipment', 'orderId: $order', `shipment { state } ${ORDER}`, { as: 'ShipRest', given: '$order: ID!' }),
);
const DISPUTES = `query Disputes {
  orderDisputes(first: 3, where: { state: { equals: OPEN } }) { nodes { reason lines { name quantity } order { number state } } }
}`;
const CREDIT = all(
  does('setOrderingBuyer', 'contactId: $buyer, role: BUYER', 'buyer { role }', { given: '$buyer: ID!' }),
  does(
    'setCreditLine',
    'companyId: $company, currency: "CNY", expectedVersion: $version, limit: 5000000',
    'account { limit { amount } used { amount } left { amount } }',
    { given: '$company: ID!, $version: Int!' },
  ),
);
const MONEY = all(
  moves('creditReturn', 'returnId: $return', 'return { state credited { amount } }', { given: '$return: ID!' }),
  does('recordPayment', 'orderId: $account, kind: PAYMENT, amount: { amount: 20000, currency: "CNY" }, reference: "Transfer"', ACCOUNT, {
    given: '$account: ID!',
  }),
);

const THE_ORDER = '<the newest order>';
const ITS_LINE = '<its first line>';
const ITS_SHIPMENT = '<its first shipment>';
const HAS_COME = '<the first line that went out>';
const IS_BROKEN = '<a line that went out later>';
const ITS_RETURN = '<what of it is given back>';
const ITS_ACCOUNT = '<what the newest order costs>';
const ITS_COMPANY = '<the company of Hu Yan>';
const ITS_CREDIT = '<the version of its credit>';
const [FIRST, SECOND] = ['<the first variant>', '<another variant>'];
const MY_CART = '<the version of my cart>';

const none = 'No order is shipped yet that I see. Once one is there, run this again.';
const ofOrder = (what: string, ...path: (string | number)[]) => ({
  query: `{ orders(first: 1) { nodes { ${what} } } }`,
  path: ['orders', 'nodes', 0, ...path],
  none,
});
const ofCompany = (what: string, ...path: (string | number)[]) => ({
  query: `{ orderingCompanies(first: 1, where: { name: { equals: "Riverside Builders" } }) { nodes { ${what} } } }`,
  path: ['orderingCompanies', 'nodes', 0, ...path],
  none: 'The company owes nothing yet. Once Hu Yan has ordered, run this again.',
});
const ofCatalogue = (nth: number) => ({
  query: '{ products(first: 2) { nodes { variants { id } } } }',
  path: ['products', 'nodes', nth, 'variants', 0, 'id'],
  none: 'The catalogue is empty.',
});

/** An order from the cart to the money, with its goods on the way: what happens beyond the first story. */
export const orderingStory: AppStory = {
  plugin: 'ordering',
  title: 'Ordering, with goods on their way',
  steps: [
    { by: 'lin', does: 'let orders be shipped from now on, Guo Tao ship them, and Xu Li keep credit and payments.' },
    { by: 'hu', does: 'fill the cart, and order what is in it.' },
    { by: 'wang', does: 'approve it, and pick Zhao Min; as Zhao Min, approve as the last.' },
    { by: 'xu', does: 'say how much the company may owe, and who orders for it.' },
    { by: 'guo', does: 'pack some, send and deliver it, and ship the rest.' },
    { by: 'hu', does: 'say what has come, and dispute a crushed box.' },
    { by: 'wang', does: 'settle the dispute: one is shipped anew, by Guo Tao; Hu Yan confirms the rest.' },
    { by: 'hu', does: 'give one back; Wang Lei decides, Guo Tao takes it in, Xu Li credits it and writes a payment down.' },
  ],
  tabs: {
    lin: ({ employees: { guo, xu } }) => [
      read(
        'Ordering: ship orders from now on, or no more. Those that are there go on as they were placed.',
        all(set('ShipOrders', true), set('ShipNoMore', false)),
      ),
      read('Ordering: let Guo Tao ship.', grant('GrantShipping', 'ORDERING_FULFIL'), { to: guo }),
      read(
        'Ordering: let Xu Li keep credit and payments. The button asks which.',
        all(grant('GrantCredit', 'ORDERING_CREDIT'), grant('GrantPayments', 'ORDERING_PAYMENT')),
        { to: xu },
      ),
    ],
    hu: ({ key }): StoryTab[] => [
      read('Ordering: fill the cart. It is kept on the server, for all windows.', FILL, { first: FIRST, second: SECOND }),
      read('Ordering: order what is in the cart.', ORDER_CART, {
        input: {
          cartVersion: MY_CART,
          delivery: { recipient: 'Hu Yan', address: '18 Quay Road' },
          idempotencyKey: `cart-${key}`,
        },
      }),
      read('Ordering: my orders that are shipped, and what is left of our credit.', MINE),
      read('Ordering: say what has come, and what has not. The button asks which.', RECEIVE, {
        order: THE_ORDER,
        come: HAS_COME,
        broken: IS_BROKEN,
      }),
      read('Ordering: give one back.', GIVE_BACK, { order: THE_ORDER, line: ITS_LINE, return: ITS_RETURN }),
    ],
    wang: () => [
      read('Ordering: what my customers dispute.', DISPUTES),
      read(
        'Ordering: ship anew what is disputed; say that goods are taken back.',
        all(
          moves('settleDispute', 'orderId: $order, shipAnew: true', ORDER, { given: '$order: ID!' }),
          moves('decideReturn', 'returnId: $return, decision: APPROVE', RETURN, { given: '$return: ID!' }),
        ),
        { order: THE_ORDER, return: ITS_RETURN },
      ),
    ],
    guo: () => [
      read('Ordering: pack some, send it, deliver it, ship the rest. I see neither prices nor the contact.', SHIP, {
        order: THE_ORDER,
        line: ITS_LINE,
        shipment: ITS_SHIPMENT,
      }),
      read(
        'Ordering: take in what comes back.',
        moves('receiveReturn', 'returnId: $return, restock: true', RETURN, { given: '$return: ID!' }),
        { return: ITS_RETURN },
      ),
    ],
    xu: ({ contact }) => [
      read('Ordering: name who orders for the company, and say how much it may owe.', CREDIT, {
        buyer: contact.id,
        company: ITS_COMPANY,
        version: ITS_CREDIT,
      }),
      read('Ordering: credit what came back, and write a payment down.', MONEY, { return: ITS_RETURN, account: ITS_ACCOUNT }),
    ],
  },
  fills: {
    [THE_ORDER]: ofOrder('id', 'id'),
    [ITS_LINE]: ofOrder('lines { id }', 'lines', 0, 'id'),
    [ITS_SHIPMENT]: ofOrder('shipments { id }', 'shipments', 0, 'id'),
    [HAS_COME]: ofOrder('shipments { lines { id } }', 'shipments', 0, 'lines', 0, 'id'),
    [IS_BROKEN]: ofOrder('shipments { lines { id } }', 'shipments', 1, 'lines', 0, 'id'),
    [ITS_RETURN]: { ...ofOrder('returns { id }', 'returns', 0, 'id'), none: 'Nothing of it is given back yet.' },
    [ITS_ACCOUNT]: { query: '{ orderAccounts(first: 1) { nodes { id } } }', path: ['orderAccounts', 'nodes', 0, 'id'], none },
    [ITS_COMPANY]: ofCompany('companyId', 'companyId'),
    [ITS_CREDIT]: ofCompany('accounts { version }', 'accounts', 0, 'version'),
    [FIRST]: ofCatalogue(0),
    [SECOND]: ofCatalogue(1),
    [MY_CART]: { query: '{ cart { version } }', path: ['cart', 'version'], none: 'My cart is empty: fill it first.' },
  },
};
