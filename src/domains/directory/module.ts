import { defineModule, filePurposes, readMigrations, register } from '../../sdk/index.ts';
import { rightMutations } from './admin-right.mutations.ts';
import { departmentMutations } from './department.mutations.ts';
import { AdminRight, Department, DepartmentClosure, DepartmentMember, Employee } from './directory.entity.ts';
import { directoryTypes } from './directory.graphql.ts';
import { DirectoryConflict } from './directory-conflict.entity.ts';
import { employeeMutations } from './employee.mutations.ts';
import { employeeImport } from './employee-import.purpose.ts';
import { foresightTypes } from './foresight.graphql.ts';
import { directory } from './permissions.ts';
import { employedHolders, phoneHolders } from './phone-following.service.ts';
import { employeeFacts } from './seat-facts.ts';

export const directoryModule = defineModule({
  name: 'directory',
  version: '0.1.0',
  description: 'Employees, the tree of departments, supervisors and admin rights.',
  needs: ['organization', 'accounts'],
  entities: [Employee, Department, DepartmentClosure, DepartmentMember, AdminRight, DirectoryConflict],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(directory),
  types: (builder) => {
    directoryTypes(builder);
    foresightTypes(builder);
    employeeMutations(builder);
    departmentMutations(builder);
    rightMutations(builder);
  },
  registrations: [register(filePurposes, employeeImport), register(phoneHolders, employedHolders)],
  seatFacts: employeeFacts,
});
