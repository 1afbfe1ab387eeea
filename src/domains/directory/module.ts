import { defineModule, readMigrations, register } from '../../sdk/index.ts';
import { addressesOfStaff } from './addresses-of-staff.ts';
import { rightMutations } from './admin-right.mutations.ts';
import { departmentMutations } from './department.mutations.ts';
import { AdminRight, Department, DepartmentClosure, DepartmentMember, Employee, EmploymentEnd } from './directory.entity.ts';
import { directoryTypes } from './directory.graphql.ts';
import { DirectoryConflict } from './directory-conflict.entity.ts';
import { conflictTypes } from './directory-conflict.graphql.ts';
import { employeeMutations } from './employee.mutations.ts';
import { EmployeeImport } from './employee-import.entity.ts';
import { employeeImportTypes } from './employee-import.graphql.ts';
import { importEmployees, makeEmployeeTemplate } from './employee-import.job.ts';
import { employeeImportRegistrations } from './employee-import.purposes.ts';
import { purgeOfEmployeeImports } from './employee-import-purging.ts';
import { EmployeeSearchTerm } from './employee-search.entity.ts';
import { termsOfStaff } from './employee-search.service.ts';
import { endedRightTypes } from './ended-right.graphql.ts';
import { makeFindable } from './finding.job.ts';
import { foresightTypes } from './foresight.graphql.ts';
import { directory } from './permissions.ts';
import { employedHolders, phoneHolders } from './phone-following.service.ts';
import { rightNotifications } from './right.notifications.ts';
import { employeeFacts } from './seat-facts.ts';

export const directoryModule = defineModule({
  name: 'directory',
  version: '0.1.0',
  description: 'Employees, the tree of departments, supervisors and admin rights.',
  needs: ['organization', 'accounts', 'files'],
  entities: [
    Employee,
    Department,
    DepartmentClosure,
    DepartmentMember,
    AdminRight,
    EmploymentEnd,
    DirectoryConflict,
    EmployeeImport,
    EmployeeSearchTerm,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  backfills: [termsOfStaff],
  rules: Object.values(directory),
  types: (builder) => {
    directoryTypes(builder);
    foresightTypes(builder);
    endedRightTypes(builder);
    employeeMutations(builder);
    departmentMutations(builder);
    rightMutations(builder);
    conflictTypes(builder);
    employeeImportTypes(builder);
  },
  registrations: [...employeeImportRegistrations, register(phoneHolders, employedHolders), ...rightNotifications, addressesOfStaff],
  jobs: [importEmployees, makeEmployeeTemplate, makeFindable],
  clocks: [purgeOfEmployeeImports],
  seatFacts: employeeFacts,
});
