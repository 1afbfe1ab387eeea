import { PUBLIC, rule } from '../../sdk/index.ts';

/** Its fields and mutations also check that there is a session: a token without a seat holds no other role. */
export const accountSelf = rule('account.self', {
  roles: [PUBLIC],
  description: 'Anybody who is signed in, on their own account, also with a token that has no seat; nobody else gets anything.',
});
