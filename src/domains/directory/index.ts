export { adminRights, departmentClosure, departmentMembers, departments, employees } from './directory.entity.ts';
export { Department, Employee, PortalEmployee } from './directory.refs.ts';
export { adminsOf, colleagues, isEmployee } from './directory.roles.ts';
export { directoryModule } from './module.ts';
export { directory } from './permissions.ts';
export { LISTS_IN_ORDER, SEARCHES_IN_ORDER, SUPERVISES_MANY, SUPERVISES_MOST, SUPERVISOR } from './seat-facts.ts';
