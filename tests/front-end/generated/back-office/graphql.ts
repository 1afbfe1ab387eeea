/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Input of `approveFormTask`. */
export type ApproveFormTaskInput = {
  /** What you have to say; the customer never sees it. At most 2,000 characters. */
  comment?: string | null | undefined;
  /** The version of the task that you have read. At least 1. */
  expectedVersion?: number | null | undefined;
  /** Send one: a word of your choosing. A retry with the same key and input gets the first answer and does nothing twice. At most 64 characters. */
  idempotencyKey?: string | null | undefined;
  /** Who goes on; without one you approve as the last. Nobody is picked where the template fixes who approves. At most 24 characters. */
  nextApproverId?: string | number | null | undefined;
  /** The task. At most 24 characters. */
  taskId: string | number;
  /** Values of the fields that your step writes, each once. What the customer reads of them is shown when it is their turn, and they confirm it. At most 500 items. */
  values?: Array<FieldValueInput> | null | undefined;
};

/** Where a form stands, for those inside. */
export type BusinessFormState =
  /** Approved; the customer has the last word. */
  | 'AWAITING_CONFIRMATION'
  /** Done. */
  | 'COMPLETED'
  /** Not submitted yet. */
  | 'DRAFT'
  /** Ended on its way. */
  | 'ENDED'
  /** Somebody inside has a task. */
  | 'IN_REVIEW'
  /** Back with the submitter. */
  | 'NEEDS_CORRECTION'
  /** Refused. */
  | 'REJECTED'
  /** Taken back by the submitter. */
  | 'WITHDRAWN';

/** Where a form stands, for the customer (spec 6.3). */
export type CustomerFormState =
  /** Please confirm. */
  | 'AWAITING_YOUR_CONFIRMATION'
  /** Done. */
  | 'COMPLETED'
  /** Not submitted yet. */
  | 'DRAFT'
  /** Ended. */
  | 'ENDED'
  /** Somebody is at it. */
  | 'IN_PROGRESS'
  /** Something must be corrected. */
  | 'NEEDS_YOUR_CORRECTION'
  /** It has arrived. */
  | 'RECEIVED'
  /** Refused. */
  | 'REJECTED'
  /** Taken back. */
  | 'WITHDRAWN';

/** The value of one column of a line: `field`, and the value in exactly one of the other ways. */
export type FieldCellInput = {
  /** Of dates. */
  date?: string | null | undefined;
  /** Of employees; on the portal the id of a `PortalEmployee` that you are shown, such as your `owner`. At most 24 characters. */
  employeeId?: string | number | null | undefined;
  /** Name of the field. At most 60 characters. */
  field: string;
  /** Of money. From -9,007,199,254,740,991 to 9,007,199,254,740,991. */
  money?: MoneyInput | null | undefined;
  /** Of numbers. */
  number?: number | string | null | undefined;
  /** Of choices: ids of options, from the field’s definition. At most 250 items. At most 24 characters. */
  optionIds?: Array<string | number> | null | undefined;
  /** Of texts, phones, emails, links, addresses; of dates as well. At most 20,000 characters; the kind of field may take fewer. */
  text?: string | null | undefined;
  /** Of yes or no. */
  yes?: boolean | null | undefined;
};

/** One line of line items, as it is given. */
export type FieldLineInput = {
  /** What the line holds, by the names of its columns. At most 30 items. */
  values: Array<FieldCellInput>;
};

/** A place, as it is given. */
export type FieldLocationInput = {
  /** In metres. */
  accuracy?: number | null | undefined;
  /** In degrees, north of the equator. */
  latitude: number;
  /** In degrees, east of Greenwich. */
  longitude: number;
  /** What it is called. At most 200 characters. */
  name?: string | null | undefined;
};

/** A value of one field: its name, and the value in exactly one of the other ways, which hangs on the field’s kind. Null, an empty text and an empty list empty the field. */
export type FieldValueInput = {
  /** Of dates. */
  date?: string | null | undefined;
  /** Of employees; on the portal the id of a `PortalEmployee` that you are shown, such as your `owner`. At most 24 characters. */
  employeeId?: string | number | null | undefined;
  /** Name of the field. At most 60 characters. */
  field: string;
  /** Of line items. At most 250 items. */
  lines?: Array<FieldLineInput> | null | undefined;
  /** A place, as it is given. */
  location?: FieldLocationInput | null | undefined;
  /** Of money. From -9,007,199,254,740,991 to 9,007,199,254,740,991. */
  money?: MoneyInput | null | undefined;
  /** Of numbers. */
  number?: number | string | null | undefined;
  /** Of choices: ids of options, from the field’s definition. At most 250 items. At most 24 characters. */
  optionIds?: Array<string | number> | null | undefined;
  /** Of texts, phones, emails, links, addresses; of dates as well. At most 20,000 characters; the kind of field may take fewer. */
  text?: string | null | undefined;
  /** Of files, images and signatures: sent by `createUpload`, or there already. At most 250 items. At most 24 characters. */
  uploadIds?: Array<string | number> | null | undefined;
  /** Of yes or no. */
  yes?: boolean | null | undefined;
};

/** What the holder of a task decided. */
export type FormDecision =
  /** The opinion that was asked for was given. */
  | 'ANSWERED'
  /** Approved. */
  | 'APPROVED'
  /** Rejected. */
  | 'REJECTED'
  /** Returned for correction, or to an earlier holder. */
  | 'RETURNED';

/** Where a task stands. */
export type FormTaskState =
  /** It is not needed any more. */
  | 'CANCELLED'
  /** It was decided. */
  | 'DECIDED'
  /** Somebody else has it now. */
  | 'HANDED_OVER'
  /** Somebody has the turn. */
  | 'OPEN'
  /** Somebody else comes first. */
  | 'WAITING';

/** An amount of money, as it is given. */
export type MoneyInput = {
  /** In minor units, such as cents. */
  amount: number;
  /** ISO 4217 code, such as CNY. At most 3 characters. */
  currency: string;
};

/** A role that a seat can have toward an object (spec 2.2). Modules add theirs: have a default branch. */
export type Role =
  /** An employee with the admin right of that domain, where it covers the object. */
  | 'ADMIN'
  /** The employee who sent the phone book. */
  | 'BOOK_READER'
  /** The employee who sent the business card, until it has become a contact. */
  | 'CARD_SENDER'
  /** Any employee of the organization. */
  | 'COLLEAGUE'
  /** Nobody: what the server does when a day has come. */
  | 'CONTRACT_CLOCK'
  /** A contact who signs the contract for the counterparty, as a member of the open window. */
  | 'CONTRACT_COUNTERSIGNER'
  /** The employee who drafted the contract and answers for it. */
  | 'CONTRACT_DRAFTER'
  /** An employee who reviews contracts, by CONTRACT_LEGAL or CONTRACT_FINANCE. */
  | 'CONTRACT_REVIEWER'
  /** An employee who signs the contract. */
  | 'CONTRACT_SIGNER'
  /** A contact of the counterparty’s company who looks on for it, once something was shared with it, as a member of the open window. */
  | 'CONTRACT_VIEWER'
  /** An admin with CONTACTS for the whole organization, toward a conflict of phones in which a contact takes part. */
  | 'DIRECTORY_CONTACT_ADMIN'
  /** The contact, acting from its own seat. */
  | 'EXTERNAL'
  /** Whoever may read what the file hangs on, where it is read there. */
  | 'FILE_READER'
  /** The employee who has sent the file, until it hangs on something. */
  | 'FILE_UPLOADER'
  /** The employee who holds or held the task. */
  | 'FORM_ASSIGNEE'
  /** The employee who handed the form in among colleagues. */
  | 'FORM_AUTHOR'
  /** An admin with FORMS, toward a task that nobody holds. */
  | 'FORM_CLAIMANT'
  /** A contact of the same company, to whom the organization gave the forms of its other contacts. */
  | 'FORM_COMPANY_READER'
  /** The employee whose draft it is. */
  | 'FORM_DRAFTER'
  /** The employee who stands in. */
  | 'FORM_STAND_IN'
  /** The employee for whom somebody stands in. */
  | 'FORM_STOOD_FOR'
  /** A contact with a form that was made from the template. */
  | 'FORM_SUBMITTER'
  /** The contact who has asked for the franchise. */
  | 'FRANCHISE_APPLICANT'
  /** An employee with the right FRANCHISE_FINANCE for the whole organization. */
  | 'FRANCHISE_CASHIER'
  /** The employee who looks at the site. */
  | 'FRANCHISE_INSPECTOR'
  /** A member of the committee that was asked to decide about the application. */
  | 'FRANCHISE_MEMBER'
  /** The employee whose score it is. */
  | 'FRANCHISE_OWN_SCORE'
  /** An employee who is to score the application, or has. */
  | 'FRANCHISE_SCORER'
  /** An employee with the right FRANCHISE_VERIFY for the whole organization. */
  | 'FRANCHISE_VERIFIER'
  /** The employee whose open task it is. */
  | 'HOLDER'
  /** An admin who holds the right of the job’s kind for the whole organization. */
  | 'JOB_ADMIN'
  /** The employee who started the job, while they hold the right that it was started under. */
  | 'JOB_STARTER'
  /** The employee who made the link. */
  | 'LINK_SHARER'
  /** The employee whom the notification is for. */
  | 'NOTIFIED'
  /** A contact who approves what others of its company want to order, as a member of the open window; never what they ask for themselves. */
  | 'ORDERING_APPROVER'
  /** The contact who ordered, unless they only look on in the orders of that company by now; as a member of the open window. */
  | 'ORDERING_BUYER'
  /** An employee with the right ORDERING_PAYMENT for the whole organization. */
  | 'ORDERING_CASHIER'
  /** A contact who belongs to the company now, and was named as one who orders, approves or looks on in it, but not at a site alone; as a member of the open window. */
  | 'ORDERING_COMPANY'
  /** A contact who was named to look on at the site of its company that an order goes to, and belongs to that company still; as a member of the open window. */
  | 'ORDERING_RECEIVER'
  /** An employee with the right ORDERING_FULFIL for the whole organization. */
  | 'ORDERING_SHIPPER'
  /** The contact’s owner: the one employee answerable for it. */
  | 'OWNER'
  /** A supervisor of a department that the owner is in, or of one above it. */
  | 'OWNERS_SUPERVISOR'
  /** On a form: an employee who submitted it, holds or held one of its tasks, or is cc. */
  | 'PARTICIPANT'
  /** Anybody, signed in or not. */
  | 'PUBLIC'
  /** An employee with the right REPAIR_DISPATCH for the whole organization. */
  | 'REPAIR_DISPATCHER'
  /** The technician of a visit that is under way: dispatched, and not over. */
  | 'REPAIR_ON_DUTY'
  /** An employee with the right REPAIR_PARTS for the whole organization. */
  | 'REPAIR_PARTS_KEEPER'
  /** An employee with the right REPAIR_QUOTE for the whole organization. */
  | 'REPAIR_QUOTER'
  /** The employee who is sent on the visit, or on a visit of the repair. */
  | 'REPAIR_TECHNICIAN'
  /** An employee with the right REPAIR_TRIAGE for the whole organization. */
  | 'REPAIR_TRIAGER'
  /** The seat itself, on its own Employee. */
  | 'SELF'
  /** An employee with whom the contact is shared, in person or through a department. */
  | 'SHAREE'
  /** The employee who asks for the share. */
  | 'SHARE_ASKER'
  /** An admin with DIRECTORY for the whole organization, toward what changed hands when somebody left. */
  | 'TRANSFER_STAFF_ADMIN'
  /** A contact that is let in at the window, while it serves. */
  | 'WINDOW_GUEST';

export type InboxQueryVariables = Exact<{ [key: string]: never; }>;


export type InboxQuery = { myTasks: { liveCursor: string | null, nodes: Array<{ id: string, version: number, form:
        | { number: string, contact: { name: string } | null }
        | { number: string, contact: { name: string } | null }
        | { number: string, contact: { name: string } | null }
        | { number: string, lines: Array<{ name: string, quantity: number }> | null, contact: { name: string } | null }
        | { number: string, contact: { name: string } | null }
        | { number: string, contact: { name: string } | null }
       | null }> } | null };

export type InboxEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type InboxEventsSubscription = { myTasks: { kind: string, cursor: string, taskId: string, task: { form:
        | { number: string }
        | { number: string }
        | { number: string }
        | { number: string }
        | { number: string }
        | { number: string }
       | null } | null } };

export type ApproveTaskMutationVariables = Exact<{
  input: ApproveFormTaskInput;
}>;


export type ApproveTaskMutation = { approveFormTask:
    | { __typename: 'ApproveFormTaskSuccess', task: { id: string, state: FormTaskState } | null, form:
        | { state: BusinessFormState, customerState: CustomerFormState }
        | { state: BusinessFormState, customerState: CustomerFormState }
        | { state: BusinessFormState, customerState: CustomerFormState }
        | { state: BusinessFormState, customerState: CustomerFormState }
        | { state: BusinessFormState, customerState: CustomerFormState }
        | { state: BusinessFormState, customerState: CustomerFormState }
       | null }
    | { __typename: 'ApproverNotAllowed', message: string }
    | { __typename: 'FormMoveNotAllowed', message: string }
    | { __typename: 'IdempotencyMismatch', message: string }
    | { __typename: 'NotFound', message: string }
    | { __typename: 'TaskAlreadyDecided', message: string, task: { decision: FormDecision | null } | null }
    | { __typename: 'ValidationFailed', message: string }
    | { __typename: 'VersionConflict', message: string }
   | null };

export type ContactCardQueryVariables = Exact<{
  id: string | number;
}>;


export type ContactCardQuery = { contact: { name: string, phone: string | null, viewerRoles: Array<Role>, owner: { name: string } | null, viewerCan: { edit: boolean, delete: boolean } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const InboxDocument = new TypedDocumentString(`
    query Inbox {
  myTasks(first: 10) {
    liveCursor
    nodes {
      id
      version
      form {
        number
        contact {
          name
        }
        ... on Order {
          lines {
            name
            quantity
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<InboxQuery, InboxQueryVariables>;
export const InboxEventsDocument = new TypedDocumentString(`
    subscription InboxEvents($after: EventCursor) {
  myTasks(after: $after) {
    kind
    cursor
    taskId
    task {
      form {
        number
      }
    }
  }
}
    `) as unknown as TypedDocumentString<InboxEventsSubscription, InboxEventsSubscriptionVariables>;
export const ApproveTaskDocument = new TypedDocumentString(`
    mutation ApproveTask($input: ApproveFormTaskInput!) {
  approveFormTask(input: $input) {
    __typename
    ... on ApproveFormTaskSuccess {
      task {
        id
        state
      }
      form {
        state
        customerState
      }
    }
    ... on TaskAlreadyDecided {
      task {
        decision
      }
    }
    ... on UserError {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ApproveTaskMutation, ApproveTaskMutationVariables>;
export const ContactCardDocument = new TypedDocumentString(`
    query ContactCard($id: ID!) {
  contact(id: $id) {
    name
    phone
    owner {
      name
    }
    viewerRoles
    viewerCan {
      edit
      delete
    }
  }
}
    `) as unknown as TypedDocumentString<ContactCardQuery, ContactCardQueryVariables>;