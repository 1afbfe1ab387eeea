import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { Thing } from './rows.fixture.ts';
import { type ContactName, CUSTOMERS, type FormName, type SeatName, STAFF, type World } from './world.fixture.ts';

// Who has which role toward what, written by hand from spec 2.2 and 2.3b and from what `makeWorld` made; nothing here asks the server's code.

type Names = readonly SeatName[];
type Held = Readonly<Partial<Record<'OWNER' | 'OWNERS_SUPERVISOR' | 'SHAREE' | 'PARTICIPANT' | 'EXTERNAL', Names>>>;

const TOWARD_CONTACT: Readonly<Record<ContactName, Held>> = {
  customer: {
    OWNER: ['owner'],
    OWNERS_SUPERVISOR: ['supervisor'],
    SHAREE: ['sharee', 'teammate'],
    PARTICIPANT: ['owner', 'supervisor', 'approver'],
    EXTERNAL: ['customer'],
  },
  unowned: { PARTICIPANT: ['formsAdmin'], EXTERNAL: ['unowned'] },
  rival: { OWNER: ['colleague'], PARTICIPANT: ['colleague'], EXTERNAL: ['rival'] },
  guest: { OWNER: ['sibling'], OWNERS_SUPERVISOR: ['supervisor'], EXTERNAL: ['guest'] },
  led: { OWNER: ['supervisor'] },
};
const FORMS: Readonly<Record<FormName, { readonly of: ContactName; readonly participants: Names }>> = {
  handled: { of: 'customer', participants: ['owner', 'supervisor'] },
  passed: { of: 'customer', participants: ['owner', 'approver'] },
  general: { of: 'customer', participants: ['owner'] },
  gone: { of: 'customer', participants: ['owner'] },
  claimed: { of: 'unowned', participants: ['formsAdmin'] },
  unclaimed: { of: 'unowned', participants: [] },
  rivals: { of: 'rival', participants: ['colleague'] },
  repaired: { of: 'customer', participants: ['owner'] },
  review: { of: 'customer', participants: ['owner'] },
  ballot: { of: 'customer', participants: ['owner'] },
};
const OWNERS: Readonly<Record<ContactName, SeatName | undefined>> = {
  customer: 'owner',
  unowned: undefined,
  rival: 'colleague',
  guest: 'sibling',
  led: 'supervisor',
};
/** Employees of the department Sales and of those below it. */
const IN_SALES: Names = ['supervisor', 'owner', 'sibling'];
/** Who holds an admin right, for the whole organization and for Sales. */
const ADMINS: Readonly<Record<string, { readonly whole: Names; readonly sales: Names }>> = {
  CONTACTS: { whole: ['admin', 'contactsAdmin'], sales: ['scopedAdmin'] },
  FORMS: { whole: ['admin', 'formsAdmin'], sales: ['scopedAdmin'] },
  DIRECTORY: { whole: ['admin'], sales: ['staffAdmin'] },
  PLUGINS: { whole: ['admin'], sales: [] },
  WINDOW: { whole: ['admin'], sales: [] },
  AUDIT: { whole: ['admin'], sales: ['staffAdmin'] },
  ORDERING_PRICE: { whole: ['admin'], sales: [] },
  ORDERING_FULFIL: { whole: ['admin'], sales: [] },
  ORDERING_PAYMENT: { whole: ['admin'], sales: [] },
  ORDERING_CREDIT: { whole: ['admin'], sales: [] },
};
/** The admin right of an object's own domain. */
const DOMAIN: Readonly<Record<string, string>> = {
  PriceList: 'ORDERING_PRICE',
  PriceListAudience: 'ORDERING_PRICE',
  ListPrice: 'ORDERING_PRICE',
  CreditAccount: 'ORDERING_CREDIT',
  OrderingBuyer: 'ORDERING_CREDIT',
  OrderingCompany: 'ORDERING_CREDIT',
  Contact: 'CONTACTS',
  Company: 'CONTACTS',
  ContactCard: 'CONTACTS',
  ContactClaiming: 'CONTACTS',
  ContactField: 'CONTACTS',
  Tag: 'CONTACTS',
  TagGroup: 'CONTACTS',
  AuditEntry: 'AUDIT',
  Transfer: 'CONTACTS',
  TransferItem: 'CONTACTS',
  WindowLink: 'WINDOW',
  JoinApplication: 'WINDOW',
  WindowApp: 'WINDOW',
  Article: 'WINDOW',
  ArticleVersion: 'WINDOW',
  ArticleCategory: 'WINDOW',
};

/** What hangs on a repair, and is read by those of its form and by the desk. */
const OF_REPAIR = ['RepairOrder', 'RepairVisit', 'RepairQuote', 'RepairPartUse', 'RepairLabour', 'RepairPhoto', 'RepairSignature'];
/** What becomes of the goods of an order: for those inside its form, its customer, and whoever ships. */
const SHIPPED = ['OrderShipping', 'ShippingLine', 'Shipment', 'ShipmentLine', 'OrderDispute', 'OrderDisputePhoto'];
/** What an order costs, and what comes back of it: whoever writes payments down reads it too. */
const PAID = ['OrderAccount', 'OrderPayment', 'OrderReturn', 'OrderReturnLine'];
const RETURNED = ['OrderReturn', 'OrderReturnLine'];
const OF_FORM = [
  ...SHIPPED,
  ...PAID,
  'FormTemplate',
  'FormTemplateVersion',
  'FormTask',
  'FormComment',
  'StandIn',
  'FormHistoryEntry',
  'OrderLine',
  'OrderChange',
  'OrderChangeLine',
  'Order',
  'Repair',
  ...OF_REPAIR,
  'ContractReview',
  'FranchiseBallot',
  'GeneralForm',
  'UnavailableForm',
];
const OF_CONTACT = [
  'Contact',
  'Company',
  'ContactShare',
  'ContactChange',
  'ContactShareRequest',
  'ShareInteraction',
  'OwnerInteraction',
  'TagInteraction',
  'WindowInteraction',
  'FormInteraction',
  'CompanyAccessInteraction',
  'RepairInteraction',
  'FranchiseInteraction',
  'OtherInteraction',
];
/** Who holds a right of repairs, and who is sent on the visit. */
const DESK: Readonly<Record<string, SeatName>> = {
  REPAIR_TRIAGER: 'contactsAdmin',
  REPAIR_QUOTER: 'approver',
  REPAIR_DISPATCHER: 'sibling',
  REPAIR_PARTS_KEEPER: 'teammate',
};
const TECHNICIAN: SeatName = 'colleague';
/** Those who come to the repair of the world. */
const REPAIR_READERS: Names = ['admin', 'formsAdmin', 'scopedAdmin', 'owner', 'supervisor', TECHNICIAN, 'customer', ...Object.values(DESK)];
/** Of the order `handled`: those of its form, and whoever ships. */
const DISPUTE_READERS: Names = ['admin', 'formsAdmin', 'scopedAdmin', 'owner', 'supervisor', 'customer'];
const OF_CONTACT_IMPORT = ['ContactImport', 'ContactImportRow', 'ContactImportCandidate'];
const OF_STAFF = ['Employee', 'EmployeeAdminRight', 'EmployeeImportResult', 'StaffSyncResult', 'Department', 'DirectoryConflict'];
const domainOf = (type: string): string => {
  if (OF_FORM.includes(type)) return 'FORMS';
  if (OF_CONTACT.includes(type) || OF_CONTACT_IMPORT.includes(type)) return 'CONTACTS';
  return OF_STAFF.includes(type) ? 'DIRECTORY' : (DOMAIN[type] ?? 'PLUGINS');
};

/** What an admin's right reaches by where the employee sits. */
const OF_EMPLOYEE = ['Employee', 'EmployeeAdminRight', 'AuditEntry', 'Transfer', 'TransferItem'];
const INSIDERS = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'SHAREE'];
const FORM_READERS = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'PARTICIPANT'];
/** The one contract of the world, and what belongs to it. */
const OF_CONTRACT = [
  'Contract',
  'ContractVersion',
  'ContractInternalComment',
  'ContractSharedComment',
  'ContractSigner',
  'ContractObligation',
  'ContractViewer',
  'ContractCounterparty',
];
/** What whoever signs outside comes to. */
const OF_SIGNED = ['Contract', 'ContractVersion', 'ContractSigner', 'ContractCounterparty'];
const CONTRACT_READERS = ['ADMIN', 'CONTRACT_DRAFTER', 'CONTRACT_REVIEWER', 'CONTRACT_SIGNER', 'PARTICIPANT'];
const TOWARD_CONTRACT: Readonly<Partial<Record<SeatName, readonly string[]>>> = {
  owner: ['CONTRACT_DRAFTER', 'CONTRACT_SIGNER', 'PARTICIPANT'],
  approver: ['CONTRACT_REVIEWER'],
  customer: ['EXTERNAL', 'CONTRACT_COUNTERSIGNER'],
  unowned: ['CONTRACT_COUNTERSIGNER'],
  rival: ['CONTRACT_VIEWER'],
};
/** The applicant of the world, and what belongs to the application. */
const FRANCHISE_DESK = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR'];
const FRANCHISE_JUDGES = ['FRANCHISE_SCORER', 'FRANCHISE_MEMBER'];
const FRANCHISE_INSIDE = [...FRANCHISE_DESK, 'FRANCHISE_VERIFIER', 'FRANCHISE_CASHIER', 'FRANCHISE_INSPECTOR', ...FRANCHISE_JUDGES];
const OF_FRANCHISE: Readonly<Record<string, readonly string[]>> = {
  FranchiseApplication: [...FRANCHISE_INSIDE, 'EXTERNAL'],
  FranchiseHold: [...FRANCHISE_INSIDE, 'EXTERNAL'],
  FranchiseDisclosure: [...FRANCHISE_INSIDE, 'EXTERNAL'],
  FranchiseOpeningTask: [...FRANCHISE_INSIDE, 'EXTERNAL'],
  FranchiseSiteVisit: FRANCHISE_INSIDE,
  FranchiseDocument: [...FRANCHISE_DESK, 'FRANCHISE_VERIFIER', ...FRANCHISE_JUDGES, 'EXTERNAL'],
  FranchiseScore: [...FRANCHISE_DESK, ...FRANCHISE_JUDGES, 'FRANCHISE_OWN_SCORE'],
  FranchiseDeposit: [...FRANCHISE_DESK, 'FRANCHISE_CASHIER', 'EXTERNAL'],
};
const TOWARD_FRANCHISE: Readonly<Partial<Record<SeatName, readonly string[]>>> = {
  owner: ['OWNER'],
  supervisor: ['OWNERS_SUPERVISOR'],
  contactsAdmin: ['FRANCHISE_VERIFIER'],
  formsAdmin: ['FRANCHISE_CASHIER'],
  sibling: ['FRANCHISE_INSPECTOR'],
  teammate: ['FRANCHISE_SCORER', 'FRANCHISE_OWN_SCORE'],
  colleague: ['FRANCHISE_MEMBER'],
  customer: ['EXTERNAL'],
};
/** For whom an object exists at all (spec 2.3, 2.3b, 2.5); what hangs on a contact is for its insiders. */
const REACHED_BY: Readonly<Record<string, readonly string[]>> = {
  Contact: [...INSIDERS, 'COLLEAGUE', 'PARTICIPANT', 'EXTERNAL'],
  Company: [...INSIDERS, 'PARTICIPANT', 'EXTERNAL'],
  Order: [...FORM_READERS, 'SHAREE', 'EXTERNAL'],
  Repair: [...FORM_READERS, 'SHAREE', 'EXTERNAL'],
  ...Object.fromEntries(OF_REPAIR.map((type) => [type, [...FORM_READERS, 'EXTERNAL', 'REPAIR_TECHNICIAN', ...Object.keys(DESK)]])),
  RepairAsset: [...INSIDERS, 'EXTERNAL', 'REPAIR_TECHNICIAN', 'REPAIR_TRIAGER', 'REPAIR_QUOTER', 'REPAIR_DISPATCHER'].filter(
    (role) => role !== 'SHAREE',
  ),
  RepairTechnician: ['COLLEAGUE'],
  RepairPart: ['COLLEAGUE'],
  GeneralForm: [...FORM_READERS, 'SHAREE', 'EXTERNAL'],
  UnavailableForm: [...FORM_READERS, 'SHAREE', 'EXTERNAL'],
  ...Object.fromEntries(['OrderLine', 'OrderChange', 'OrderChangeLine'].map((type) => [type, [...FORM_READERS, 'EXTERNAL']])),
  ...Object.fromEntries(SHIPPED.map((type) => [type, [...FORM_READERS, 'EXTERNAL', 'ORDERING_SHIPPER', 'ORDERING_RECEIVER']])),
  ...Object.fromEntries(PAID.map((type) => [type, [...FORM_READERS, 'EXTERNAL', 'ORDERING_CASHIER']])),
  ...Object.fromEntries(
    RETURNED.map((type) => [type, [...FORM_READERS, 'EXTERNAL', 'ORDERING_CASHIER', 'ORDERING_SHIPPER', 'ORDERING_RECEIVER']]),
  ),
  ContractReview: [...FORM_READERS, 'SHAREE', 'EXTERNAL'],
  ...Object.fromEntries(OF_CONTRACT.map((type) => [type, [...CONTRACT_READERS, 'EXTERNAL', 'CONTRACT_VIEWER', 'CONTRACT_COUNTERSIGNER']])),
  ContractInternalComment: CONTRACT_READERS,
  ContractViewer: [...CONTRACT_READERS, 'EXTERNAL'],
  ContractTemplate: ['COLLEAGUE'],
  FranchiseBallot: [...FORM_READERS, 'SHAREE', 'EXTERNAL'],
  ...OF_FRANCHISE,
  FranchiseBrand: ['COLLEAGUE', 'EXTERNAL'],
  FranchiseTerritory: ['COLLEAGUE', 'EXTERNAL'],
  FranchiseScoreSheet: ['COLLEAGUE'],
  FormHistoryEntry: FORM_READERS,
  FormComment: [...FORM_READERS, 'EXTERNAL'],
  ContactShareRequest: ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'SHARE_ASKER'],
  FormTask: [...FORM_READERS, 'FORM_ASSIGNEE', 'FORM_CLAIMANT'],
  StandIn: ['ADMIN', 'FORM_STOOD_FOR', 'FORM_STAND_IN'],
  Employee: ['COLLEAGUE'],
  EmployeeAdminRight: ['SELF', 'ADMIN'],
  WindowLink: ['ADMIN', 'LINK_SHARER'],
  JoinApplication: ['ADMIN'],
  AuditEntry: ['ADMIN'],
  EmployeeImportResult: ['ADMIN'],
  StaffSyncResult: ['ADMIN'],
  ...Object.fromEntries(OF_CONTACT_IMPORT.map((type) => [type, ['ADMIN']])),
  DirectoryConflict: ['ADMIN', 'DIRECTORY_CONTACT_ADMIN'],
  Job: ['JOB_STARTER', 'JOB_ADMIN'],
  Notification: ['NOTIFIED', 'EXTERNAL'],
  FormDraft: ['FORM_DRAFTER', 'EXTERNAL'],
  WorkInteraction: ['PARTICIPANT'],
  Transfer: ['ADMIN', 'TRANSFER_STAFF_ADMIN'],
  TransferItem: ['ADMIN', 'TRANSFER_STAFF_ADMIN'],
  PortalEmployee: ['EXTERNAL'],
  Department: ['COLLEAGUE'],
  ContactCard: [...INSIDERS, 'CARD_SENDER'],
  ContactBook: ['BOOK_READER'],
  ContactBookEntry: ['BOOK_READER'],
  ContactClaiming: ['COLLEAGUE'],
  ContactField: ['COLLEAGUE'],
  Tag: ['COLLEAGUE'],
  TagGroup: ['COLLEAGUE'],
  Organization: ['COLLEAGUE', 'EXTERNAL'],
  ServiceWindow: ['COLLEAGUE', 'EXTERNAL', 'WINDOW_GUEST'],
  File: ['FILE_UPLOADER'],
  WindowApp: ['COLLEAGUE', 'EXTERNAL'],
  Article: ['ADMIN', 'COLLEAGUE', 'EXTERNAL'],
  ArticleVersion: ['ADMIN'],
  ArticleCategory: ['ADMIN', 'COLLEAGUE', 'EXTERNAL'],
  FormTemplate: ['ADMIN', 'COLLEAGUE', 'EXTERNAL'],
  FormTemplateVersion: ['ADMIN', 'COLLEAGUE'],
  Product: ['COLLEAGUE', 'EXTERNAL'],
  ProductVariant: ['COLLEAGUE', 'EXTERNAL'],
  PriceList: ['ADMIN'],
  PriceListAudience: ['ADMIN'],
  ListPrice: ['ADMIN'],
  CreditAccount: ['ADMIN', 'ORDERING_CASHIER', 'ORDERING_COMPANY'],
  OrderingBuyer: ['ADMIN'],
  OrderingCompany: ['ADMIN'],
  OrderRequest: ['EXTERNAL', 'ORDERING_APPROVER'],
  Cart: ['EXTERNAL'],
  CartLine: ['EXTERNAL'],
};

const isStaff = (seat: SeatName): boolean => (STAFF as Names).includes(seat);
const isCustomer = (seat: SeatName): boolean => (CUSTOMERS as Names).includes(seat);
const nameOf = <Name extends string>(of: Readonly<Record<Name, { readonly id: string } | string>>, type: string, id?: string) =>
  (Object.entries(of) as [Name, { id: string } | string][]).find(
    ([, value]) => decodeGlobalId(type, typeof value === 'string' ? value : value.id) === id,
  )?.[0];

export interface Expectations {
  /** @param right the admin right that a field's own rule names */
  roles(seat: SeatName, thing: Thing, right?: string): ReadonlySet<string>;
  exists(seat: SeatName, thing: Thing): boolean;
  /** Whether an object leads a seat to another: a file is read where it hangs, by whoever reads that. */
  leads(seat: SeatName, from: Thing, to: Thing): boolean;
}
/** Their sender's alone. */
const BOOKS = ['ContactBook', 'ContactBookEntry'];
const HAS_FILES = ['EmployeeImportResult', 'ContactImport', 'ContactCard', 'RepairPhoto', 'RepairSignature', 'OrderDisputePhoto'];

export function expectationsOf(world: World): Expectations {
  const known = new Map<string, ReadonlySet<string>>();
  const roles: Expectations['roles'] = (seat, thing, right = domainOf(thing.type)) => {
    const key = `${seat} ${thing.globalId} ${right}`;
    const toward = thing.contactIds?.length ? thing.contactIds.map((contactId) => ({ ...thing, contactId })) : [thing];
    const held = known.get(key) ?? new Set(toward.flatMap((one) => [...rolesOf(world, seat, one, right)]));
    known.set(key, held);
    return held;
  };
  const exists: Expectations['exists'] = (seat, thing) => (REACHED_BY[thing.type] ?? INSIDERS).some((role) => roles(seat, thing).has(role));
  return { roles, exists, leads: (seat, from, to) => exists(seat, to.type === 'File' && HAS_FILES.includes(from.type) ? from : to) };
}

function rolesOf({ ours, seats, contacts, forms }: World, seat: SeatName, thing: Thing, right: string): ReadonlySet<string> {
  if (thing.organizationId !== ours.id || !(isStaff(seat) || isCustomer(seat))) return new Set();
  const form = nameOf(forms, 'BusinessForm', thing.formId);
  const contact = form ? FORMS[form].of : nameOf(contacts, 'Contact', thing.contactId);
  const employee = nameOf(seats, 'Employee', thing.employeeId);
  const owner = contact ? OWNERS[contact] : OF_EMPLOYEE.includes(thing.type) ? employee : undefined;
  return new Set([
    ...ofContact(seat, thing, contact, form),
    ...ofEmployee(seat, thing, employee),
    ...ofTask(seat, thing, employee),
    ...(thing.type === 'StandIn' && seat === employee ? ['FORM_STOOD_FOR'] : []),
    ...(thing.type === 'StandIn' && seat === nameOf(seats, 'Employee', thing.word) ? ['FORM_STAND_IN'] : []),
    ...(thing.type === 'ContactShareRequest' && seat === employee ? ['SHARE_ASKER'] : []),
    ...(thing.type === 'WindowLink' && seat === employee ? ['LINK_SHARER'] : []),
    ...(thing.type === 'ContactCard' && seat === employee ? ['CARD_SENDER'] : []),
    ...(BOOKS.includes(thing.type) && seat === employee ? ['BOOK_READER'] : []),
    ...ofJob(seat, thing, employee),
    ...([...PAID, 'CreditAccount'].includes(thing.type) && ADMINS.ORDERING_PAYMENT!.whole.includes(seat) ? ['ORDERING_CASHIER'] : []),
    ...([...SHIPPED, ...RETURNED].includes(thing.type) && ADMINS.ORDERING_FULFIL!.whole.includes(seat) ? ['ORDERING_SHIPPER'] : []),
    ...(thing.type === 'OrderShipping' && isCustomer(seat) && seat === contact ? ['ORDERING_BUYER'] : []),
    ...(thing.type === 'Notification' && seat === employee ? ['NOTIFIED'] : []),
    ...(thing.type === 'FormDraft' && seat === employee ? ['FORM_DRAFTER'] : []),
    ...ofRepair(seat, thing),
    ...(OF_CONTRACT.includes(thing.type)
      ? (TOWARD_CONTRACT[seat] ?? []).filter((role) => role !== 'CONTRACT_COUNTERSIGNER' || OF_SIGNED.includes(thing.type))
      : []),
    ...(thing.type in OF_FRANCHISE ? (TOWARD_FRANCHISE[seat] ?? []) : []),
    ...ofLeaving(seat, thing),
    ...ofConflict(seat, thing),
    ...((isAdmin(seat, right, owner) && takesPart(thing, 'EMPLOYEE')) || isOverDepartment(seat, thing) ? ['ADMIN'] : []),
    ...ofOrganization(seat, thing),
  ]);
}

const isAdmin = (seat: SeatName, right: string, whose: SeatName | undefined): boolean =>
  ADMINS[right]!.whole.includes(seat) || (whose !== undefined && ADMINS[right]!.sales.includes(seat) && IN_SALES.includes(whose));

/** An admin of departments, toward those below them too. */
const isOverDepartment = (seat: SeatName, { type, word }: Thing): boolean =>
  type === 'Department' && ADMINS.DIRECTORY!.sales.includes(seat) && ['Sales', 'Sales East', 'Sales West'].includes(word!);

function ofContact(seat: SeatName, { type }: Thing, contact: ContactName | undefined, form: FormName | undefined): string[] {
  if (!contact) return [];
  const all = Object.entries(TOWARD_CONTACT[contact]).flatMap(([role, names]) => (names.includes(seat) ? [role] : []));
  if (type === 'Notification' || type === 'FormDraft' || CARTS.includes(type)) return all.filter((role) => role === 'EXTERNAL');
  if (type === 'CreditAccount') return all.includes('EXTERNAL') ? ['ORDERING_COMPANY'] : [];
  if (type === 'File')
    return all.some((role) => INSIDERS.includes(role)) || isAdmin(seat, 'CONTACTS', OWNERS[contact]) ? ['FILE_READER'] : [];
  const roles = type === 'ContactShareRequest' || type === 'ContactCard' ? all.filter((role) => role !== 'EXTERNAL') : all;
  if (!form) return type === 'Contact' || type === 'Company' ? roles : roles.filter((role) => role !== 'PARTICIPANT');
  const own = roles.filter((role) => role !== 'PARTICIPANT');
  return FORMS[form].participants.includes(seat) ? [...own, 'PARTICIPANT'] : own;
}

function ofEmployee(seat: SeatName, { type, word }: Thing, employee: SeatName | undefined): string[] {
  if (type === 'File') return ofFile(seat, employee, word);
  if (type === 'Employee' || type === 'EmployeeAdminRight') return seat === employee ? ['SELF'] : [];
  const answersFor = isCustomer(seat) && employee !== undefined && OWNERS[seat as ContactName] === employee;
  return type === 'PortalEmployee' && answersFor ? ['EXTERNAL'] : [];
}

/** A file is its sender’s until it hangs on something; those of the world hang on imports. */
function ofFile(seat: SeatName, sender: SeatName | undefined, hangsOn: string | undefined): string[] {
  if (sender && hangsOn !== 'ContactCard') return seat === sender ? ['FILE_UPLOADER'] : [];
  if (sender && seat === sender) return ['FILE_READER'];
  if (hangsOn === 'RepairPhoto' || hangsOn === 'RepairSignature') return REPAIR_READERS.includes(seat) ? ['FILE_READER'] : [];
  if (hangsOn === 'OrderDisputePhoto') return DISPUTE_READERS.includes(seat) ? ['FILE_READER'] : [];
  return ADMINS[domainOf(hangsOn!)]!.whole.includes(seat) ? ['FILE_READER'] : [];
}

function ofTask(seat: SeatName, { type }: Thing, assignee: SeatName | undefined): string[] {
  if (type !== 'FormTask') return [];
  if (assignee === undefined) return ADMINS.FORMS!.whole.includes(seat) ? ['FORM_CLAIMANT'] : [];
  return seat === assignee ? ['FORM_ASSIGNEE'] : [];
}

/** Jobs of the world are of kinds for admins with some right for the whole organization: the word says which. */
function ofJob(seat: SeatName, { type, word }: Thing, starter: SeatName | undefined): string[] {
  if (type !== 'Job') return [];
  return [...(seat === starter ? ['JOB_STARTER'] : []), ...(word && ADMINS[word]!.whole.includes(seat) ? ['JOB_ADMIN'] : [])];
}
const MACHINES_OF_THE_DEMO: readonly string[] = ['AC-2024-0117', 'CR-2023-0042'];
function ofRepair(seat: SeatName, { type, word }: Thing): string[] {
  if (![...OF_REPAIR, 'RepairAsset', 'RepairPart'].includes(type)) return [];
  const desk = Object.keys(DESK).filter((role) => DESK[role] === seat);
  if (seat !== TECHNICIAN || type === 'RepairPart' || (type === 'RepairAsset' && MACHINES_OF_THE_DEMO.includes(word!))) return desk; // nobody was sent to those
  return [...desk, 'REPAIR_TECHNICIAN', ...(type === 'RepairOrder' ? ['REPAIR_ON_DUTY'] : [])];
}
/** An admin of the staff, toward what changed hands when somebody left. */
const ofLeaving = (seat: SeatName, { type, isLeaving }: Thing): string[] =>
  type.startsWith('Transfer') && isLeaving && ADMINS.DIRECTORY!.whole.includes(seat) ? ['TRANSFER_STAFF_ADMIN'] : [];

/** Toward a conflict of phones: by whether an employee takes part in it, or a contact. */
const takesPart = ({ type, word }: Thing, kind: string): boolean => type !== 'DirectoryConflict' || word!.includes(kind);
const ofConflict = (seat: SeatName, thing: Thing): string[] =>
  thing.type === 'DirectoryConflict' && takesPart(thing, 'CONTACT') && ADMINS.CONTACTS!.whole.includes(seat)
    ? ['DIRECTORY_CONTACT_ADMIN']
    : [];

const AT_THE_WINDOW = ['ServiceWindow', 'FormTemplate', 'Product', 'ProductVariant', 'FranchiseBrand', 'FranchiseTerritory'];
/** A customer’s own, as a member of the window. */
const CARTS = ['Cart', 'CartLine', 'OrderRequest'];
const FOR_ALL_STAFF = [
  'FranchiseScoreSheet',
  'ContractTemplate',
  'ContactClaiming',
  'Contact',
  'Employee',
  'Department',
  'ContactField',
  'Tag',
  'TagGroup',
  'Organization',
  'WindowApp',
  'FormTemplateVersion',
  'RepairTechnician',
  'RepairPart',
  ...AT_THE_WINDOW,
];
/** What is shown to some; whom by name, the row says. */
const SHOWN = ['WindowApp', 'Article', 'ArticleCategory'];
/** The guest is not let in at the window. */
function ofOrganization(seat: SeatName, { type, word }: Thing): string[] {
  if (SHOWN.includes(type) && isCustomer(seat)) return word === 'ALL' && seat !== 'guest' ? ['EXTERNAL'] : [];
  if (type.startsWith('Article')) return ['ALL', 'CHOSEN'].includes(word ?? '') ? ['COLLEAGUE'] : [];
  if (isStaff(seat)) return FOR_ALL_STAFF.includes(type) ? ['COLLEAGUE'] : [];
  if (type === 'Organization') return ['EXTERNAL'];
  if (seat === 'guest' || !AT_THE_WINDOW.includes(type)) return [];
  return type === 'ServiceWindow' ? ['EXTERNAL', 'WINDOW_GUEST'] : ['EXTERNAL'];
}

const OF_CUSTOMERS: readonly string[] = [
  ...['EXTERNAL', 'WINDOW_GUEST', 'FORM_COMPANY_READER', 'FRANCHISE_APPLICANT', 'CONTRACT_VIEWER', 'CONTRACT_COUNTERSIGNER'],
  ...['ORDERING_COMPANY', 'ORDERING_APPROVER', 'ORDERING_BUYER', 'ORDERING_RECEIVER'],
];
/** Whether a seat can have one of some roles toward anything: otherwise a root field is refused before there is an object. */
export function canEverHold(seat: SeatName, roles: readonly string[], right: string | undefined): boolean {
  return roles.some((role) => {
    if (role === 'PUBLIC') return true;
    if (OF_CUSTOMERS.includes(role)) return isCustomer(seat);
    if (role in DESK) return isStaff(seat);
    if (role === 'TRANSFER_STAFF_ADMIN') return ADMINS.DIRECTORY!.whole.includes(seat);
    if (role === 'DIRECTORY_CONTACT_ADMIN') return ADMINS.CONTACTS!.whole.includes(seat);
    if (role === 'ADMIN') return right !== undefined && [...ADMINS[right]!.whole, ...ADMINS[right]!.sales].includes(seat);
    return isStaff(seat);
  });
}
