import { ADMIN, COLLEAGUE, EXTERNAL, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, type Role, rule } from '@guichet/sdk';

const employees = (name: string, description: string): Role => ({ name, bearer: 'EMPLOYEE', description });

/** Admin rights of the plugin. */
export const RIGHTS = {
  FRANCHISE_VERIFY: 'Verifies documents of applicants, and reads all applications.',
  FRANCHISE_FINANCE: 'Records deposits of applicants and their refund, and reads all applications.',
} as const;

export const VERIFIER = employees('FRANCHISE_VERIFIER', 'An employee with the right FRANCHISE_VERIFY for the whole organization.');
export const FINANCE = employees('FRANCHISE_CASHIER', 'An employee with the right FRANCHISE_FINANCE for the whole organization.');
export const INSPECTOR = employees('FRANCHISE_INSPECTOR', 'The employee who looks at the site.');
export const SCORER = employees('FRANCHISE_SCORER', 'An employee who is to score the application, or has.');
/** Withdraws, rescinds and acknowledges: who applies together with them does not. */
export const APPLICANT: Role = {
  name: 'FRANCHISE_APPLICANT',
  bearer: 'CONTACT',
  description: 'The contact who has asked for the franchise.',
};
/** One’s own score, which one sees before all are in. */
export const OWN_SCORE = employees('FRANCHISE_OWN_SCORE', 'The employee whose score it is.');
export const MEMBER = employees('FRANCHISE_MEMBER', 'A member of the committee that was asked to decide about the application.');

const plugins = { right: 'PLUGINS', whole: true } as const;
const DESK = [ADMIN, OWNER, OWNERS_SUPERVISOR];
const JUDGES = [SCORER, MEMBER];
const INSIDE = [...DESK, VERIFIER, FINANCE, INSPECTOR, ...JUDGES];

export const franchise = {
  read: rule('franchise.read', {
    roles: [...INSIDE, EXTERNAL],
    ...plugins,
    description: 'The applicant, and whoever has to do with the application inside.',
  }),
  inside: rule('franchise.inside', {
    roles: INSIDE,
    ...plugins,
    description: 'Whoever has to do with the application inside: never the applicant.',
  }),
  profile: rule('franchise.profile', {
    roles: [...DESK, VERIFIER, ...JUDGES, EXTERNAL],
    ...plugins,
    description: 'Means and experience of an applicant: themselves, the recruiter, who verifies, scores and decides.',
  }),
  documents: rule('franchise.documents', {
    roles: [...DESK, VERIFIER, ...JUDGES, EXTERNAL],
    ...plugins,
    description: 'Documents of an applicant: themselves, the recruiter, who verifies, scores and decides.',
  }),
  documentsInside: rule('franchise.documentsInside', {
    roles: [...DESK, VERIFIER, ...JUDGES],
    ...plugins,
    description: 'What is said inside of documents.',
  }),
  scores: rule('franchise.scores', {
    roles: [...DESK, ...JUDGES, OWN_SCORE],
    ...plugins,
    description: 'A score: whoever gave it; the recruiter, the others who score and the committee once all are in.',
  }),
  judged: rule('franchise.judged', {
    roles: [...DESK, ...JUDGES],
    ...plugins,
    description: 'What came of scores and votes: the recruiter, who scores and who decides.',
  }),
  money: rule('franchise.money', {
    roles: [...DESK, FINANCE, EXTERNAL],
    ...plugins,
    description: 'The deposit: the applicant, the recruiter, and who keeps the books.',
  }),
  moneyInside: rule('franchise.moneyInside', {
    roles: [...DESK, FINANCE],
    ...plugins,
    description: 'What the books say of a deposit: the recruiter, and who keeps the books.',
  }),
  recruit: rule('franchise.recruit', {
    roles: [ADMIN, OWNER],
    ...plugins,
    description: 'The recruiter, who is the owner of the contact, and admins with PLUGINS.',
  }),
  applicant: rule('franchise.applicant', { roles: [EXTERNAL], description: 'The applicant, and who applies together with them.' }),
  own: rule('franchise.own', { roles: [APPLICANT], description: 'The applicant alone.' }),
  verify: rule('franchise.verify', { roles: [VERIFIER], description: 'Employees with FRANCHISE_VERIFY.' }),
  inspect: rule('franchise.inspect', { roles: [INSPECTOR], description: 'The employee who looks at the site.' }),
  score: rule('franchise.score', { roles: [SCORER], description: 'Whoever is to score the application.' }),
  judge: rule('franchise.judge', { roles: JUDGES, description: 'Whoever scores the application or decides about it.' }),
  decide: rule('franchise.decide', { roles: [MEMBER], description: 'Members of the committee that was asked.' }),
  finance: rule('franchise.finance', { roles: [FINANCE], description: 'Employees with FRANCHISE_FINANCE.' }),
  disclose: rule('franchise.disclose', { roles: [ADMIN], ...plugins, description: 'Admins with PLUGINS for the whole organization.' }),
  manage: rule('franchise.manage', { roles: [ADMIN], ...plugins, description: 'Admins with PLUGINS for the whole organization.' }),
  catalogue: rule('franchise.catalogue', {
    roles: [ADMIN, COLLEAGUE, EXTERNAL],
    ...plugins,
    description: 'Every seat: brands and where they look for people.',
  }),
  staff: rule('franchise.staff', { roles: [ADMIN, COLLEAGUE], ...plugins, description: 'Every employee.' }),
  apply: rule('franchise.apply', { roles: [EXTERNAL], description: 'Members of the service window.' }),
  ballot: rule('franchise.ballot', { roles: [PARTICIPANT], description: 'Whoever has a part in the form.' }),
  send: rule('franchise.send', { roles: [EXTERNAL], description: 'Contacts.' }),
  sendDisclosure: rule('franchise.sendDisclosure', { roles: [ADMIN], ...plugins, description: 'Admins with PLUGINS.' }),
  notified: rule('franchise.notified', { roles: [COLLEAGUE, EXTERNAL], description: 'Whoever was told of the application.' }),
};
