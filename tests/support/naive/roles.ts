import type { NaiveRow, Rows } from './rows.ts';

// Spec 2.2 and 2.3b once more, in plain loops over plain rows. Shares nothing with the server's rules but the names of the roles.

/** Who asks, as found in the rows. */
export interface NaiveSeat {
  readonly id: string;
  readonly kind: 'EMPLOYEE' | 'CONTACT';
}
export type RoleNames = ReadonlySet<string>;
type Contact = NaiveRow<'contacts'>;
type Form = NaiveRow<'businessForms'>;

const INSIDERS = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'SHAREE'];

/** The roles of one seat toward the rows of its organization. */
export class NaiveRoles {
  readonly #rows: Rows;
  readonly #seat: NaiveSeat;
  readonly #now: Date;
  constructor(rows: Rows, seat: NaiveSeat, now: Date) {
    this.#rows = rows;
    this.#seat = seat;
    this.#now = now;
  }

  get isEmployee(): boolean {
    return this.#seat.kind === 'EMPLOYEE';
  }
  /** OPEN or SUSPENDED for a contact that was let in; undefined for everybody else. */
  get window(): 'OPEN' | 'SUSPENDED' | undefined {
    const isMember = !this.isEmployee && this.#rows.windowMembers.some((one) => one.contact_id === this.#seat.id);
    if (!isMember || this.#rows.serviceWindows.length === 0) return undefined;
    return this.#rows.organizations[0]!.certification === 'ADVANCED' ? 'OPEN' : 'SUSPENDED';
  }
  /** A tile of the window: shown to all, by tag, or one by one, while its plugin is there and switched on. */
  windowApp(row: NaiveRow<'windowApps'>): RoleNames {
    if (this.isEmployee) return only({ COLLEAGUE: true, ADMIN: this.holdsWhole('WINDOW') });
    const rows = this.#rows;
    const isOn = !row.is_gone && !rows.pluginStates.some(({ plugin, enabled }) => plugin === row.plugin && !enabled);
    const own = rows.contactTags.filter((one) => one.contact_id === this.#seat.id).map((one) => one.tag_id);
    const isShown =
      row.is_for_all ||
      rows.windowAppContacts.some((one) => one.app_id === row.id && one.contact_id === this.#seat.id) ||
      rows.windowAppTags.some((one) => one.app_id === row.id && own.includes(one.tag_id));
    return only({ EXTERNAL: this.window === 'OPEN' && isOn && isShown });
  }
  /** What is published is for all employees, and for contacts to whom it is shown. */
  article(row: NaiveRow<'articles'>): RoleNames {
    const rows = this.#rows;
    const isPublished = row.shown_number !== null;
    const own = rows.contactTags.filter((one) => one.contact_id === this.#seat.id).map((one) => one.tag_id);
    const isShown =
      row.is_for_all ||
      rows.articleContacts.some((one) => one.article_id === row.id && one.contact_id === this.#seat.id) ||
      rows.articleTags.some((one) => one.article_id === row.id && own.includes(one.tag_id));
    return only({
      ADMIN: this.holdsWhole('WINDOW'),
      COLLEAGUE: this.isEmployee && isPublished,
      EXTERNAL: this.window === 'OPEN' && isPublished && isShown,
    });
  }
  articleCategory({ id }: NaiveRow<'articleCategories'>): RoleNames {
    const beneath = this.#rows.articles.filter((one) => one.category_id === id).flatMap((one) => [...this.article(one)]);
    return new Set([...beneath, ...only({ ADMIN: this.holdsWhole('WINDOW') })]);
  }
  holdsWhole(right: string): boolean {
    return this.#rightsOf(right).some(({ department_id }) => department_id === null);
  }
  #rightsOf(right: string): NaiveRow<'adminRights'>[] {
    if (!this.isEmployee) return [];
    return this.#rows.adminRights.filter((one) => one.employee_id === this.#seat.id && one.admin_right === right);
  }

  // departments

  #departmentsOf(employeeId: string | null): string[] {
    return this.#rows.departmentMembers.filter((one) => one.employee_id === employeeId).map((one) => one.department_id);
  }
  /** The department and all above it. */
  #upwards(departmentId: string | null): string[] {
    const department = this.#rows.departments.find(({ id }) => id === departmentId);
    return department ? [department.id, ...this.#upwards(department.parent_id)] : [];
  }
  #isBelow(employeeId: string | null, departments: readonly (string | null)[]): boolean {
    return this.#departmentsOf(employeeId).some((own) => this.#upwards(own).some((above) => departments.includes(above)));
  }
  #isAdmin(right: string, employeeId: string | null): boolean {
    return (
      this.holdsWhole(right) ||
      this.#isBelow(
        employeeId,
        this.#rightsOf(right).map((one) => one.department_id),
      )
    );
  }
  #supervises(employeeId: string | null): boolean {
    if (!this.isEmployee || employeeId === this.#seat.id) return false;
    const led = this.#rows.departmentMembers.filter((one) => one.employee_id === this.#seat.id && one.is_supervisor);
    return this.#isBelow(
      employeeId,
      led.map((one) => one.department_id),
    );
  }
  /** Supervisors of an employee's departments and of those above. */
  supervisorsOf(employeeId: string): string[] {
    const above = this.#departmentsOf(employeeId).flatMap((own) => this.#upwards(own));
    const leads = this.#rows.departmentMembers.filter((one) => one.is_supervisor && above.includes(one.department_id));
    return [...new Set(leads.map((one) => one.employee_id))].filter((id) => id !== employeeId);
  }

  // contacts

  /** Shares of a contact that reach the seat, in person or through a department. */
  sharesOf(contactId: string): NaiveRow<'contactShares'>[] {
    if (!this.isEmployee) return [];
    return this.#rows.contactShares.filter(
      ({ contact_id, until, employee_id, department_id }) =>
        contact_id === contactId &&
        (until === null || until > this.#now) &&
        (employee_id === this.#seat.id || (department_id !== null && this.#isBelow(this.#seat.id, [department_id]))),
    );
  }
  contact(contact: Contact): RoleNames {
    const { id, owner_id } = contact;
    const forms = this.#rows.businessForms.filter((form) => form.contact_id === id);
    return only({
      ADMIN: this.#isAdmin('CONTACTS', owner_id),
      OWNER: this.isEmployee && owner_id === this.#seat.id,
      OWNERS_SUPERVISOR: this.#supervises(owner_id),
      SHAREE: this.sharesOf(id).length > 0,
      COLLEAGUE: this.isEmployee,
      EXTERNAL: id === this.#seat.id,
      PARTICIPANT: forms.some((form) => this.#participates(form.id)),
    });
  }
  /** Toward what hangs on a contact: its shares, history, timeline. A contact in the bin is there for admins of the whole alone. */
  ofContact(contactId: string): RoleNames {
    const contact = this.#rows.contacts.find(({ id }) => id === contactId)!;
    if (contact.deleted_at) return only({ ADMIN: this.holdsWhole('CONTACTS') });
    return new Set([...this.contact(contact)].filter((role) => [...INSIDERS, 'EXTERNAL'].includes(role)));
  }
  company({ id }: NaiveRow<'companies'>): RoleNames {
    const own = this.#rows.contacts.filter((contact) => contact.company_id === id && !contact.deleted_at);
    const toward = own.flatMap((contact) => [...this.contact(contact)]).filter((role) => role !== 'COLLEAGUE');
    return new Set([...only({ ADMIN: this.holdsWhole('CONTACTS') }), ...toward]);
  }

  // directory

  employee({ id }: Pick<NaiveRow<'employees'>, 'id'>): RoleNames {
    return only({
      COLLEAGUE: this.isEmployee,
      SELF: this.isEmployee && id === this.#seat.id,
      ADMIN: this.#isAdmin('DIRECTORY', id) && (this.holdsWhole('DIRECTORY') || this.#sitsWithin('DIRECTORY', id)),
    });
  }
  /** Whether a right over departments covers every one that an employee is in. */
  #sitsWithin(right: string, employeeId: string): boolean {
    const covered = this.#rightsOf(right).map((one) => one.department_id);
    return this.#departmentsOf(employeeId).every((own) => this.#upwards(own).some((above) => covered.includes(above)));
  }
  portalEmployee({ id }: NaiveRow<'employees'>): RoleNames {
    const own = this.#rows.contacts.find((contact) => contact.id === this.#seat.id);
    return only({ EXTERNAL: own?.deleted_at === null && own.owner_id === id });
  }
  vocabulary(): RoleNames {
    return only({ COLLEAGUE: this.isEmployee, ADMIN: this.holdsWhole('CONTACTS') });
  }
  department({ id }: NaiveRow<'departments'>): RoleNames {
    const covered = this.#rightsOf('DIRECTORY').map((one) => one.department_id);
    return only({
      COLLEAGUE: this.isEmployee,
      ADMIN: this.holdsWhole('DIRECTORY') || this.#upwards(id).some((above) => covered.includes(above)),
    });
  }
  organization(): RoleNames {
    return only({ COLLEAGUE: this.isEmployee, EXTERNAL: !this.isEmployee, ADMIN: this.holdsWhole('PLUGINS') });
  }
  serviceWindow(): RoleNames {
    return only({ COLLEAGUE: this.isEmployee, EXTERNAL: this.window !== undefined, WINDOW_GUEST: this.window === 'OPEN' });
  }

  // forms

  #participates(formId: string): boolean {
    return this.isEmployee && this.#rows.formParticipants.some((one) => one.form_id === formId && one.employee_id === this.#seat.id);
  }
  form(form: Form): RoleNames {
    const contact = this.#rows.contacts.find(({ id }) => id === form.contact_id)!;
    const toward = this.contact(contact);
    return only({
      ADMIN: this.#isAdmin('FORMS', contact.owner_id),
      OWNER: toward.has('OWNER'),
      OWNERS_SUPERVISOR: toward.has('OWNERS_SUPERVISOR'),
      PARTICIPANT: this.#participates(form.id),
      SHAREE: toward.has('SHAREE'),
      EXTERNAL: contact.id === this.#seat.id && this.window === 'OPEN',
    });
  }
  #ofForm(formId: string, admitted: readonly string[]): string[] {
    const form = this.#rows.businessForms.find(({ id }) => id === formId)!;
    return [...this.form(form)].filter((role) => admitted.includes(role));
  }
  insideForm(formId: string): RoleNames {
    return new Set(this.#ofForm(formId, ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'PARTICIPANT']));
  }
  task({ form_id, assignee_id }: NaiveRow<'formTasks'>): RoleNames {
    const own = only({
      FORM_ASSIGNEE: this.isEmployee && assignee_id === this.#seat.id,
      FORM_CLAIMANT: assignee_id === null && this.holdsWhole('FORMS'),
    });
    return new Set([...this.insideForm(form_id), ...own]);
  }
  template(): RoleNames {
    return only({ COLLEAGUE: this.isEmployee, EXTERNAL: this.window === 'OPEN', ADMIN: this.holdsWhole('FORMS') });
  }
  product(): RoleNames {
    return only({ COLLEAGUE: this.isEmployee, EXTERNAL: this.window === 'OPEN', ADMIN: this.holdsWhole('PLUGINS') });
  }
  cart({ contact_id }: { readonly contact_id: string }): RoleNames {
    return only({ EXTERNAL: this.window === 'OPEN' && contact_id === this.#seat.id });
  }
  formComment({ form_id }: NaiveRow<'formComments'>): RoleNames {
    return new Set(this.#ofForm(form_id, ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'PARTICIPANT', 'EXTERNAL']));
  }
  orderLine({ form_id }: { readonly form_id: string }): RoleNames {
    return new Set(this.#ofForm(form_id, ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'PARTICIPANT', 'EXTERNAL']));
  }
}

const only = (held: Readonly<Record<string, boolean>>): RoleNames => new Set(Object.keys(held).filter((role) => held[role]));
