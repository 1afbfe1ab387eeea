import type { Belongings } from '../../../sdk/index.ts';
import { endNamings } from './stand-in.service.ts';

/** Whoever leaves stands in for nobody, and nobody for them. It is not given back: whoever is back names anew. */
export const standInRoles: Belongings = { kind: 'STAND_IN', leave: (use, { employeeId }) => endNamings(use, { of: employeeId }) };
