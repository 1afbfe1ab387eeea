import { entityRef } from '../../sdk/index.ts';
import { contactClaiming } from './claiming.entity.ts';

export const ContactClaiming = entityRef('ContactClaiming', contactClaiming);
