import { entityRef } from '../../sdk/index.ts';
import { organizations } from './organization.entity.ts';

export const Organization = entityRef('Organization', organizations);
