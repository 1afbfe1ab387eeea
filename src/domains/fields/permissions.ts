import { COLLEAGUE, EXTERNAL, rule } from '../../sdk/index.ts';

export const fields = {
  value: rule('fields.value', {
    roles: [COLLEAGUE, EXTERNAL],
    description: 'Whoever may read the form or the contact that a value belongs to, where it is read there: values are nowhere else.',
  }),
  known: rule('fields.known', {
    roles: [EXTERNAL],
    description: 'Contacts, of values that they may read: employees whom they are shown elsewhere too.',
  }),
  employee: rule('fields.employee', {
    roles: [COLLEAGUE],
    description: 'Employees, of values that they may read.',
  }),
};
