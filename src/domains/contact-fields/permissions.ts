import { COLLEAGUE, rule } from '../../sdk/index.ts';

/** Which fields contacts have: whoever adds contacts must know. What changes them is `contact.settings`. */
export const contactField = {
  read: rule('contactField.read', { roles: [COLLEAGUE], description: 'The fields of contacts: every employee.' }),
};
