import { ADMIN, COLLEAGUE, rule } from '../../sdk/index.ts';

export const formForecast = {
  read: rule('formForecast.read', {
    roles: [ADMIN, COLLEAGUE],
    right: 'FORMS',
    description:
      'Employees, of contacts for whom they may hand a form in; without a contact, admins with FORMS for the whole organization. Customers are told nothing of who is inside (spec 6.3).',
  }),
};
