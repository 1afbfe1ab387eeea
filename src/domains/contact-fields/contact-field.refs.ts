import { entityRef } from '../../sdk/index.ts';
import { contactFields } from '../contacts/index.ts';

export const ContactField = entityRef('ContactField', contactFields);
