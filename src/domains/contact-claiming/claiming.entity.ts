import { refs, tenantEntity } from '../../sdk/index.ts';

/** What an organization allows (spec 3.18): a row where it was ever said. */
export const ContactClaiming = tenantEntity('contact_claiming', (t) => ({
  organizationId: t.organization(),
  version: t.version(),
  /** Contacts that one employee may hold by claiming them; 0: nobody claims. */
  most: t.integer().check('most >= 0'),
}));

/** Departments whose members, and those of the departments below, may claim. */
export const ClaimDepartment = tenantEntity('contact_claim_departments', (t) => ({
  departmentId: t.idOf(() => refs.Department, 'cascade').primary(),
}));

/** Who holds a contact by having claimed it: gone with its next owner. */
export const ContactClaim = tenantEntity(
  'contact_claims',
  (t) => ({
    contactId: t.idOf(() => refs.Contact, 'cascade').primary(),
    employeeId: t.idOf(() => refs.Employee),
    claimedAt: t.timestamptz(),
  }),
  { indexes: { contact_claims_of_employee: { columns: ['employeeId', 'contactId'] } } },
);

export const contactClaiming = ContactClaiming.table;
export const claimDepartments = ClaimDepartment.table;
export const contactClaims = ContactClaim.table;
