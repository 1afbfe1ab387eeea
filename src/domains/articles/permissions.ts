import { ADMIN, COLLEAGUE, EXTERNAL, rule } from '../../sdk/index.ts';

export const article = {
  read: rule('articles.read', {
    roles: [ADMIN, COLLEAGUE, EXTERNAL],
    right: 'WINDOW',
    description:
      'What is published: employees, and contacts at the open window to whom it is shown (spec 2.3b, 5.8). Drafts: admins with WINDOW.',
  }),
  manage: rule('articles.manage', {
    roles: [ADMIN],
    right: 'WINDOW',
    whole: true,
    description: 'Whoever writes articles: admins with the right WINDOW for the whole organization (spec 5.7).',
  }),
  counts: rule('articles.counts', {
    roles: [ADMIN, COLLEAGUE],
    right: 'WINDOW',
    description: 'How many it has helped: employees.',
  }),
  rate: rule('articles.rate', {
    roles: [EXTERNAL],
    description: 'Contacts at the open window to whom the article is shown (spec 5.7).',
  }),
};
