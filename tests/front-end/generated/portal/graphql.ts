/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Where a form stands, for the customer (spec 6.3). */
export type CustomerFormState =
  /** Please confirm. */
  | 'AWAITING_YOUR_CONFIRMATION'
  /** Done. */
  | 'COMPLETED'
  /** Not submitted yet. */
  | 'DRAFT'
  /** Ended. */
  | 'ENDED'
  /** Somebody is at it. */
  | 'IN_PROGRESS'
  /** Something must be corrected. */
  | 'NEEDS_YOUR_CORRECTION'
  /** It has arrived. */
  | 'RECEIVED'
  /** Refused. */
  | 'REJECTED'
  /** Taken back. */
  | 'WITHDRAWN';

/** The value of one column of a line: `field`, and the value in exactly one of the other ways. */
export type FieldCellInput = {
  /** Of dates. */
  date?: string | null | undefined;
  /** Of employees; on the portal the id of a `PortalEmployee` that you are shown, such as your `owner`. At most 24 characters. */
  employeeId?: string | number | null | undefined;
  /** Name of the field. At most 60 characters. */
  field: string;
  /** Of money. From -9,007,199,254,740,991 to 9,007,199,254,740,991. */
  money?: MoneyInput | null | undefined;
  /** Of numbers. */
  number?: number | string | null | undefined;
  /** Of choices: ids of options, from the field’s definition. At most 250 items. At most 24 characters. */
  optionIds?: Array<string | number> | null | undefined;
  /** Of texts, phones, emails, links, addresses; of dates as well. At most 20,000 characters; the kind of field may take fewer. */
  text?: string | null | undefined;
  /** Of yes or no. */
  yes?: boolean | null | undefined;
};

/** One line of line items, as it is given. */
export type FieldLineInput = {
  /** What the line holds, by the names of its columns. At most 30 items. */
  values: Array<FieldCellInput>;
};

/** A place, as it is given. */
export type FieldLocationInput = {
  /** In metres. */
  accuracy?: number | null | undefined;
  /** In degrees, north of the equator. */
  latitude: number;
  /** In degrees, east of Greenwich. */
  longitude: number;
  /** What it is called. At most 200 characters. */
  name?: string | null | undefined;
};

/** A value of one field: its name, and the value in exactly one of the other ways, which hangs on the field’s kind. Null, an empty text and an empty list empty the field. */
export type FieldValueInput = {
  /** Of dates. */
  date?: string | null | undefined;
  /** Of employees; on the portal the id of a `PortalEmployee` that you are shown, such as your `owner`. At most 24 characters. */
  employeeId?: string | number | null | undefined;
  /** Name of the field. At most 60 characters. */
  field: string;
  /** Of line items. At most 250 items. */
  lines?: Array<FieldLineInput> | null | undefined;
  /** A place, as it is given. */
  location?: FieldLocationInput | null | undefined;
  /** Of money. From -9,007,199,254,740,991 to 9,007,199,254,740,991. */
  money?: MoneyInput | null | undefined;
  /** Of numbers. */
  number?: number | string | null | undefined;
  /** Of choices: ids of options, from the field’s definition. At most 250 items. At most 24 characters. */
  optionIds?: Array<string | number> | null | undefined;
  /** Of texts, phones, emails, links, addresses; of dates as well. At most 20,000 characters; the kind of field may take fewer. */
  text?: string | null | undefined;
  /** Of files, images and signatures: sent by `createUpload`, or there already. At most 250 items. At most 24 characters. */
  uploadIds?: Array<string | number> | null | undefined;
  /** Of yes or no. */
  yes?: boolean | null | undefined;
};

/** An amount of money, as it is given. */
export type MoneyInput = {
  /** In minor units, such as cents. */
  amount: number;
  /** ISO 4217 code, such as CNY. At most 3 characters. */
  currency: string;
};

/** Where goods go. */
export type OrderDeliveryInput = {
  /** Where they go. At most 500 characters. */
  address: string;
  /** Where they are called. At most 40 characters. */
  phone?: string | null | undefined;
  /** Who is to have them. At most 100 characters. */
  recipient: string;
  /** Which site of the customer’s company that is, as those who look on there were named: they say what has come too. At most 100 characters. */
  site?: string | null | undefined;
};

/** One line of an order. */
export type OrderLineInput = {
  /** The product. At most 24 characters. */
  productId: string | number;
  /** How many units. From 1 to 1,000,000. */
  quantity: number;
  /** What you have seen that one unit costs: where it costs something else now, nothing is ordered. From 0 to 9,007,199,254,740,991. */
  unitPrice?: MoneyInput | null | undefined;
  /** Which variant; the product itself unless it is said. At most 24 characters. */
  variantId?: string | number | null | undefined;
};

/** Input of `placeOrder`. */
export type PlaceOrderInput = {
  /** Orders what your cart holds in this version, and empties it. */
  cartVersion?: number | null | undefined;
  /** For whom it is, where you order on behalf of a contact; a contact leaves it out. At most 24 characters. */
  contactId?: string | number | null | undefined;
  /** Where the goods go, for whoever ships them. */
  delivery?: OrderDeliveryInput | null | undefined;
  /** Send one: a word of your choosing. A retry with the same key and input gets the first answer and does nothing twice. At most 64 characters. */
  idempotencyKey?: string | null | undefined;
  /** What to order, at most 100 lines. At most 100 items. */
  lines?: Array<OrderLineInput> | null | undefined;
  /** What the company should know. At most 2,000 characters. */
  note?: string | null | undefined;
  /** Values of the fields that the organization’s template of orders asks besides, each once. At most 500 items. */
  values?: Array<FieldValueInput> | null | undefined;
};

export type SignInMutationVariables = Exact<{
  phone: string;
  code: string;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'NotFound', message: string }
    | { __typename: 'SignInRefused', message: string }
    | { __typename: 'SignInSuccess', token: string, seat: { id: string, name: string } | null }
    | { __typename: 'ValidationFailed', message: string }
   | null };

export type CatalogueQueryVariables = Exact<{
  first: number;
}>;


export type CatalogueQuery = { products: { nodes: Array<{ id: string, name: string, price: { amount: number, currency: string } }> } | null };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { placeOrder:
    | { __typename: 'IdempotencyMismatch', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'OrderingApprovalNeeded', message: string }
    | { __typename: 'OrderingCreditExceeded', message: string }
    | { __typename: 'OrderingPriceChanged', message: string }
    | { __typename: 'PlaceOrderSuccess', order: { id: string, number: string, customerState: CustomerFormState, total: { amount: number, currency: string } | null } | null }
    | { __typename: 'PluginDisabled', message: string }
    | { __typename: 'ValidationFailed', message: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'VersionConflict', message: string }
    | { __typename: 'WindowSuspended', message: string }
   | null };

export type MyFormsQueryVariables = Exact<{ [key: string]: never; }>;


export type MyFormsQuery = { myForms: { liveCursor: string | null, nodes: Array<
      | { id: string, number: string, customerState: CustomerFormState }
      | { id: string, number: string, customerState: CustomerFormState }
      | { id: string, number: string, customerState: CustomerFormState }
      | { id: string, number: string, customerState: CustomerFormState }
      | { id: string, number: string, customerState: CustomerFormState }
      | { id: string, number: string, customerState: CustomerFormState }
    > } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($phone: PhoneNumber!, $code: String!) {
  signIn(input: {phone: $phone, code: $code}) {
    __typename
    ... on SignInSuccess {
      token
      seat {
        id
        name
      }
    }
    ... on UserError {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const CatalogueDocument = new TypedDocumentString(`
    query Catalogue($first: Int!) {
  products(first: $first) {
    nodes {
      id
      name
      price {
        amount
        currency
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogueQuery, CatalogueQueryVariables>;
export const PlaceOrderDocument = new TypedDocumentString(`
    mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    __typename
    ... on PlaceOrderSuccess {
      order {
        id
        number
        customerState
        total {
          amount
          currency
        }
      }
    }
    ... on ValidationFailed {
      issues {
        path
        message
      }
    }
    ... on UserError {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const MyFormsDocument = new TypedDocumentString(`
    query MyForms {
  myForms(first: 10) {
    liveCursor
    nodes {
      id
      number
      customerState
    }
  }
}
    `) as unknown as TypedDocumentString<MyFormsQuery, MyFormsQueryVariables>;