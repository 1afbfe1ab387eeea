import { COLLEAGUE, rule } from '@guichet/sdk';

export const samplePlugin = {
  read: rule('samplePlugin.read', { roles: [COLLEAGUE], description: 'Every employee.' }),
  write: rule('samplePlugin.write', { roles: [COLLEAGUE], description: 'Every employee.' }),
};
