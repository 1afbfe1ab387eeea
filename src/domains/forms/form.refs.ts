import { entityRef, words } from '../../sdk/index.ts';
import { businessForms, formTasks } from './form.entity.ts';

export const BusinessForm = entityRef('BusinessForm', businessForms);
export const FormTask = entityRef('FormTask', formTasks);

export const CustomerFormState = words('CustomerFormState', 'Where a form stands, for the customer (spec 6.3).', {
  DRAFT: 'Not submitted yet.',
  RECEIVED: 'It has arrived.',
  IN_PROGRESS: 'Somebody is at it.',
  NEEDS_YOUR_CORRECTION: 'Something must be corrected.',
  AWAITING_YOUR_CONFIRMATION: 'Please confirm.',
  COMPLETED: 'Done.',
  REJECTED: 'Refused.',
  WITHDRAWN: 'Taken back.',
  ENDED: 'Ended.',
});
