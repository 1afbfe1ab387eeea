import { defineModule, filePurposes, register } from '../../sdk/index.ts';
import { contactExportTypes } from './contact-export.graphql.ts';
import { exportContacts, exportedContacts } from './contact-export.job.ts';
import { contactExport } from './permissions.ts';

export const contactExportModule = defineModule({
  name: 'contact-export',
  version: '0.1.0',
  description: 'Contacts written into a file, as the seat reads them.',
  needs: ['organization', 'files', 'directory', 'contacts', 'contact-import', 'audit', 'jobs'],
  rules: Object.values(contactExport),
  types: contactExportTypes,
  registrations: [register(filePurposes, exportedContacts)],
  jobs: [exportContacts],
});
