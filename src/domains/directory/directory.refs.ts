import { entityRef } from '../../sdk/index.ts';
import { departments, employees } from './directory.entity.ts';

export const Employee = entityRef('Employee', employees);
export const PortalEmployee = entityRef('PortalEmployee', employees);
export const Department = entityRef('Department', departments);
