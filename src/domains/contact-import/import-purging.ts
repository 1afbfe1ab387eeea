import { purgeOfImports } from '../directory/index.ts';
import { ContactImport } from './contact-import.entity.ts';
import { IMPORT } from './import.purposes.ts';

export const purgeOfContactImports = purgeOfImports({
  find: (use, which, how) => use.em.find(ContactImport, which, how),
  type: IMPORT,
  name: 'contact-import.purge',
  called: 'imports of contacts and their rows',
  cron: '0 3 * * *',
});
