import { COLLEAGUE, EXTERNAL, rule } from '../../sdk/index.ts';

export const serviceWindow = {
  read: rule('window.read', { roles: [COLLEAGUE, EXTERNAL], description: 'Employees, and contacts who are members of the window.' }),
};
