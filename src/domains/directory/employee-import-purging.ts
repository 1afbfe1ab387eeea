import { EmployeeImport } from './employee-import.entity.ts';
import { IMPORT } from './employee-import.service.ts';
import { purgeOfImports } from './import-purging.ts';

export const purgeOfEmployeeImports = purgeOfImports({
  find: (use, which, how) => use.em.find(EmployeeImport, which, how),
  type: IMPORT,
  name: 'directory.purgeImports',
  called: 'imports of employees',
  cron: '55 2 * * *',
});
