import { defineModule } from '../../sdk/index.ts';
import { printedForms } from './print.graphql.ts';

export const formPrintingModule = defineModule({
  name: 'form-printing',
  version: '0.1.0',
  description: 'A form as a page to be printed: with its history for those inside, without it for its customer.',
  needs: ['organization', 'files', 'forms', 'audit'],
  types: printedForms,
});
