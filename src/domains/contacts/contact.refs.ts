import { entityRef } from '../../sdk/index.ts';
import { companies, contacts } from './contact.entity.ts';
import { contactHistory } from './contact-history.entity.ts';
import { contactShares } from './contact-share.entity.ts';
import { contactShareRequests } from './share-request.entity.ts';

export const Contact = entityRef('Contact', contacts);
export const ContactViewerCan = entityRef('ContactViewerCan', contacts);
export const Company = entityRef('Company', companies);
export const ContactShare = entityRef('ContactShare', contactShares);
export const ContactChange = entityRef('ContactChange', contactHistory);
export const ContactShareRequest = entityRef('ContactShareRequest', contactShareRequests);
export const ContactShareRequestViewerCan = entityRef('ContactShareRequestViewerCan', contactShareRequests);
