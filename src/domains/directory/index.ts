export { adminRights, departmentClosure, departmentMembers, departments, employees } from './directory.entity.ts';
export { adminsOf, colleagues, isEmployee } from './directory.roles.ts';
export { directoryModule } from './module.ts';
export { directory } from './permissions.ts';
export { SUPERVISES_A_HUNDRED, SUPERVISES_MANY, SUPERVISOR } from './seat-facts.ts';
