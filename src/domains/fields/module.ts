import { defineModule } from '../../sdk/index.ts';
import { fieldValueTypes } from './field-value.graphql.ts';
import { fields } from './permissions.ts';

export const fieldsModule = defineModule({
  name: 'fields',
  version: '0.1.0',
  description: 'Values of the fields that an organization defines by itself: of forms and of contacts.',
  needs: ['directory', 'files'],
  rules: Object.values(fields),
  types: fieldValueTypes,
});
