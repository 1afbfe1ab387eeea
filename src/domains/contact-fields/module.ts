import { defineModule } from '../../sdk/index.ts';
import { contactFieldTypes } from './contact-field.graphql.ts';
import { contactFieldMutations } from './contact-field.mutations.ts';
import { contactField } from './permissions.ts';

export const contactFieldsModule = defineModule({
  name: 'contact-fields',
  version: '0.1.0',
  description: 'The fields that an organization gives its contacts: defined, ordered, changed, deleted.',
  needs: ['fields', 'contacts', 'directory'],
  rules: Object.values(contactField),
  types: (builder) => {
    contactFieldTypes(builder);
    contactFieldMutations(builder);
  },
});
