import { entityRef } from '../../sdk/index.ts';
import { adminRights, departments, employees } from './directory.entity.ts';
import { directoryConflicts } from './directory-conflict.entity.ts';

export const Employee = entityRef('Employee', employees);
export const PortalEmployee = entityRef('PortalEmployee', employees);
export const Department = entityRef('Department', departments);
export const EmployeeViewerCan = entityRef('EmployeeViewerCan', employees);
export const DepartmentViewerCan = entityRef('DepartmentViewerCan', departments);
export const EmployeeAdminRight = entityRef('EmployeeAdminRight', adminRights);
export const DirectoryConflict = entityRef('DirectoryConflict', directoryConflicts);
