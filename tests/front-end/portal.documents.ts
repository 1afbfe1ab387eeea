import { graphql } from './generated/portal/index.ts';

// What a customer's app asks.

export const SignIn = graphql(`
  mutation SignIn($phone: PhoneNumber!, $code: String!) {
    signIn(input: { phone: $phone, code: $code }) {
      __typename
      ... on SignInSuccess { token seat { id name } }
      ... on UserError { message }
    }
  }
`);

export const Catalogue = graphql(`
  query Catalogue($first: Int!) {
    products(first: $first) { nodes { id name price { amount currency } } }
  }
`);

export const PlaceOrder = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on PlaceOrderSuccess { order { id number customerState total { amount currency } } }
      ... on ValidationFailed { issues { path message } }
      ... on UserError { message }
    }
  }
`);

export const MyForms = graphql(`
  query MyForms {
    myForms(first: 10) { liveCursor nodes { id number customerState } }
  }
`);
