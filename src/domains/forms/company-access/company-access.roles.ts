import { type EntityRole, heldToward, type RowHandle, type SeatSql, type Sql, sql, way } from '../../../sdk/index.ts';
import { contacts } from '../../contacts/index.ts';
import { businessForms } from '../form.entity.ts';
import { isAtWindow } from '../form-window.ts';
import { FORM_COMPANY_READER } from '../permissions.ts';
import { formCompanyReaders } from './company-access.entity.ts';

interface Access {
  readonly given: RowHandle<typeof formCompanyReaders>;
  readonly mine: RowHandle<typeof contacts>;
}
/** The seat reads the forms of a company: it was given them for the company that it still belongs to. */
const isGiven = ({ given, mine }: Access, seat: SeatSql): Sql =>
  sql`${given.contact_id} = ${seat.me} and ${mine.id} = ${seat.me} and ${mine.deleted_at} is null and ${mine.company_id} = ${given.company_id}`;

/** Forms of others who belong to the company, handed in while they did. */
export const companyReaders: EntityRole = heldToward(
  FORM_COMPANY_READER,
  [
    way(
      businessForms,
      { given: formCompanyReaders, mine: contacts, theirs: contacts },
      ({ row, seat, theirs, ...access }) =>
        sql`${isGiven(access, seat)} and ${row.company_id} = ${access.given.company_id} and ${theirs.id} = ${row.contact_id} and ${theirs.id} <> ${seat.me}
          and ${theirs.company_id} = ${access.given.company_id} and ${theirs.deleted_at} is null`,
    ),
  ],
  isAtWindow,
);
