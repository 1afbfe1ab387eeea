import { refs, tenantEntity } from '../../sdk/index.ts';
import { Contact } from './contact.entity.ts';

export const SHARE_REQUEST_STATES = ['PENDING', 'GRANTED', 'REFUSED', 'NOT_NEEDED', 'CONTACT_DELETED', 'ASKER_LEFT'] as const;
export type ShareRequestState = (typeof SHARE_REQUEST_STATES)[number];

/** That an employee asks for a share of a contact whose phone they know (spec 3.4). One at a time for each asker and contact. */
export const ContactShareRequest = tenantEntity(
  'contact_share_requests',
  (t) => ({
    contactId: t.idOf(() => Contact, 'cascade'),
    askerId: t.idOf(() => refs.Employee),
    reason: t.text().nullable(),
    state: t.oneOf(...SHARE_REQUEST_STATES).default('PENDING'),
    askedAt: t.timestamptz(),
    decidedAt: t.timestamptz().nullable(),
    decidedBy: t.idOf(() => refs.Employee).nullable(),
    answer: t.text().nullable(),
  }),
  {
    indexes: {
      contact_share_requests_pending: { columns: ['contactId', 'askerId'], unique: true, where: "state = 'PENDING'" },
      contact_share_requests_of_contact: { columns: ['contactId', '-id'] },
      contact_share_requests_of_asker: { columns: ['askerId', '-id'] },
    },
  },
);

export const contactShareRequests = ContactShareRequest.table;
