import { ADMIN, COLLEAGUE, EXTERNAL, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, type Role, rule } from '@guichet/sdk';

/** Whoever ships orders: they know what goes where, and not what it costs. */
export const SHIPPER: Role = {
  name: 'ORDERING_SHIPPER',
  bearer: 'EMPLOYEE',
  description: 'An employee with the right ORDERING_FULFIL for the whole organization.',
};

/** Whoever writes payments down: they know what orders cost, and not the contact. */
export const CASHIER: Role = {
  name: 'ORDERING_CASHIER',
  bearer: 'EMPLOYEE',
  description: 'An employee with the right ORDERING_PAYMENT for the whole organization.',
};

/** Those of a company share its credit whom the keeper of credit has named, but for a site: who takes goods in there reads nothing of money. */
export const COMPANY: Role = {
  name: 'ORDERING_COMPANY',
  bearer: 'CONTACT',
  description:
    'A contact who belongs to the company now, and was named as one who orders, approves or looks on in it, but not at a site alone; as a member of the open window.',
};

/** Whoever may answer for their order: who only looks on does not. */
export const BUYER: Role = {
  name: 'ORDERING_BUYER',
  bearer: 'CONTACT',
  description: 'The contact who ordered, unless they only look on in the orders of that company by now; as a member of the open window.',
};

/** Whoever takes the goods in, and has not ordered them. */
export const RECEIVER: Role = {
  name: 'ORDERING_RECEIVER',
  bearer: 'CONTACT',
  description:
    'A contact who was named to look on at the site of its company that an order goes to, and belongs to that company still; as a member of the open window.',
};

/** Who says yes for the company. */
export const APPROVER: Role = {
  name: 'ORDERING_APPROVER',
  bearer: 'CONTACT',
  description:
    'A contact who approves what others of its company want to order, as a member of the open window; never what they ask for themselves.',
};

export const ordering = {
  catalogue: rule('ordering.catalogue', {
    roles: [COLLEAGUE, EXTERNAL],
    description: 'Employees, and contacts who are members of the open window.',
  }),
  manage: rule('ordering.manage', {
    roles: [ADMIN],
    right: 'PLUGINS',
    whole: true,
    description: 'Admins with the right PLUGINS for the whole organization.',
  }),
  order: rule('ordering.order', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, EXTERNAL],
    right: 'FORMS',
    description: 'Those who read the form, and the customer who ordered.',
  }),
  place: rule('ordering.place', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, EXTERNAL],
    right: 'CONTACTS',
    description: 'Contacts who are members of the open window, and on their behalf whoever may hand a form in for them.',
  }),
  cart: rule('ordering.cart', {
    roles: [EXTERNAL],
    description: 'The contact whose cart it is, as a member of the open window.',
  }),
  price: rule('ordering.price', {
    roles: [ADMIN],
    right: 'ORDERING_PRICE',
    whole: true,
    description: 'Employees with the right ORDERING_PRICE for the whole organization.',
  }),
  shipping: rule('ordering.shipping', {
    roles: [SHIPPER, ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, EXTERNAL, RECEIVER],
    right: 'FORMS',
    description: 'Those who read the order, whoever ships it, and whoever looks on at the site that it goes to.',
  }),
  fulfil: rule('ordering.fulfil', { roles: [SHIPPER], description: 'Whoever ships orders.' }),
  answer: rule('ordering.answer', { roles: [BUYER], description: 'The customer who ordered, unless they only look on by now.' }),
  receive: rule('ordering.receive', {
    roles: [EXTERNAL, RECEIVER],
    description: 'The customer who ordered, and whoever looks on at the site that it goes to.',
  }),
  sendPhoto: rule('ordering.sendPhoto', { roles: [EXTERNAL], description: 'Contacts who are members of the open window.' }),
  giveBack: rule('ordering.giveBack', { roles: [EXTERNAL], description: 'The customer who ordered.' }),
  propose: rule('ordering.propose', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT],
    right: 'FORMS',
    description: 'Those inside who read the order: whoever answers for the customer, and whoever takes part in its form.',
  }),
  returns: rule('ordering.returns', {
    roles: [SHIPPER, CASHIER, ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, EXTERNAL, RECEIVER],
    right: 'FORMS',
    description:
      'Those who read the order, whoever ships, whoever writes payments down, and whoever looks on at the site that the order goes to.',
  }),
  account: rule('ordering.account', {
    roles: [CASHIER, ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, EXTERNAL],
    right: 'FORMS',
    description: 'Those who read the order, and whoever writes payments down.',
  }),
  payment: rule('ordering.payment', { roles: [CASHIER], description: 'Whoever writes payments down.' }),
  credit: rule('ordering.credit', {
    roles: [ADMIN, CASHIER, COMPANY],
    right: 'ORDERING_CREDIT',
    whole: true,
    description:
      'Employees with the right ORDERING_CREDIT for the whole organization, whoever writes payments down, and contacts who were named for the company, but not for a site of it.',
  }),
  keepCredit: rule('ordering.keepCredit', {
    roles: [ADMIN],
    right: 'ORDERING_CREDIT',
    whole: true,
    description: 'Employees with the right ORDERING_CREDIT for the whole organization.',
  }),
  request: rule('ordering.request', {
    roles: [EXTERNAL, APPROVER],
    description: 'The contact who asks, and those of its company who decide.',
  }),
  ask: rule('ordering.ask', { roles: [EXTERNAL], description: 'The contact who asks, as a member of the open window.' }),
  approve: rule('ordering.approve', { roles: [APPROVER], description: 'Those of the company who decide, but for who asks.' }),
  belowMargin: rule('ordering.belowMargin', {
    roles: [ADMIN, OWNERS_SUPERVISOR],
    right: 'FORMS',
    description: 'Who approves last what leaves less than the settings say: those over the owner, and whoever keeps prices.',
  }),
  settle: rule('ordering.settle', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR],
    right: 'FORMS',
    description: 'Whoever answers for the customer.',
  }),
};

/** Rights that an admin grants. */
export const ORDERING_RIGHTS = {
  ORDERING_PRICE: 'Price lists: what products cost whom.',
  ORDERING_PAYMENT: 'Payments of orders: what has come, what has gone back, and what is credited.',
  ORDERING_CREDIT: 'Credit of customers’ companies: how much they may owe, and who approves and who looks on in them.',
  ORDERING_FULFIL: 'Shipping: what goes where, and what has gone.',
} as const;
