import { defineModule, readMigrations } from '../../sdk/index.ts';
import { ContactImport, ContactImportCandidate, ContactImportRow } from './contact-import.entity.ts';
import { contactImportTypes } from './contact-import.graphql.ts';
import { importContacts } from './contact-import.job.ts';
import { contactImportMutations } from './contact-import.mutations.ts';
import { importRegistrations } from './import.purposes.ts';
import { purgeOfContactImports } from './import-purging.ts';
import { importTemplateTypes } from './import-template.graphql.ts';
import { undoContacts } from './import-undo.job.ts';
import { contactImport } from './permissions.ts';

export const contactImportModule = defineModule({
  name: 'contact-import',
  version: '0.1.0',
  description: 'Contacts taken in by a table: template, dry run, namesakes, rejected rows, undo.',
  needs: ['organization', 'files', 'directory', 'contacts', 'service-window', 'audit', 'jobs'],
  entities: [ContactImport, ContactImportRow, ContactImportCandidate],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(contactImport),
  types: (builder) => {
    contactImportTypes(builder);
    importTemplateTypes(builder);
    contactImportMutations(builder);
  },
  registrations: importRegistrations,
  jobs: [importContacts, undoContacts],
  clocks: [purgeOfContactImports],
});
