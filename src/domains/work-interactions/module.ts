import { defineModule } from '../../sdk/index.ts';
import { workInteraction } from './permissions.ts';
import { workInteractionTypes } from './work-interaction.graphql.ts';

export const workInteractionsModule = defineModule({
  name: 'work-interactions',
  version: '0.1.0',
  description: 'What colleagues have to do with each other: the approvals that they share.',
  needs: ['forms', 'directory'],
  rules: Object.values(workInteraction),
  types: workInteractionTypes,
});
