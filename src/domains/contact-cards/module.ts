import {
  cardsOfContacts,
  contactPurged,
  defineModule,
  filePurposes,
  jobResults,
  listen,
  provide,
  readMigrations,
  register,
} from '../../sdk/index.ts';
import { ContactCard } from './card.entity.ts';
import { cardTypes } from './card.graphql.ts';
import { cardPurpose } from './card.purpose.ts';
import { dropCardOf, keepCard } from './card.service.ts';
import { forgetCards, readCard } from './card-reading.job.ts';
import { contactCard } from './permissions.ts';

export const contactCardsModule = defineModule({
  name: 'contact-cards',
  version: '0.1.0',
  description: 'Business cards: photographed, read, and kept with the contact.',
  needs: ['contacts', 'files', 'fields', 'organization'],
  entities: [ContactCard],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(contactCard),
  types: cardTypes,
  jobs: [readCard],
  clocks: [forgetCards],
  services: [provide(cardsOfContacts, { keep: keepCard })],
  listeners: [listen(contactPurged, (use, { contactId }) => dropCardOf(use, contactId))],
  registrations: [register(filePurposes, cardPurpose), register(jobResults, { type: 'ContactCard' })],
});
