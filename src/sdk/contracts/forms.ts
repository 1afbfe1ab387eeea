import type { GivenValue } from '../../platform/fields/field.ts';
import { refusalType } from '../../platform/schema/refusal-type.ts';
import { announcement } from '../../platform/write/announcement.ts';
import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';
import type { SubmittedForm } from './form-kinds.ts';

/** What moves a form: a word of its history. More may come: have a default branch. */
export type FormMove =
  | 'SUBMITTED'
  | 'CLAIMED'
  | 'BEGUN'
  | 'APPROVED'
  | 'REJECTED'
  | 'RETURNED'
  | 'RESUBMITTED'
  | 'HANDED_OVER'
  | 'APPROVER_ADDED'
  | 'CONSULTED'
  | 'ANSWERED'
  | 'COMMENTED'
  | 'COMMENTED_TO_CUSTOMER'
  | 'COMMENTED_BY_CUSTOMER'
  | 'REMINDED'
  | 'CONFIRMATION_ASKED'
  | 'CONFIRMED'
  | 'CONFIRMED_ITSELF'
  | 'DISPUTED'
  | 'COMPLETED'
  | 'WITHDRAWN'
  | 'REASSIGNED'
  | 'JUMPED'
  | 'ESCALATED'
  | 'PAUSED'
  | 'RESUMED'
  | 'ENDED';
/** A turn that somebody has now. */
export interface FormTurn {
  readonly taskId: string;
  /** Null: it waits for an admin with FORMS to claim it. */
  readonly employeeId: string | null;
  /** For whom the employee stands in. */
  readonly forId: string | null;
  /** Whether the employee decides, or is asked for an opinion. */
  readonly kind: 'APPROVAL' | 'OPINION';
}
/** One move of a form. */
export interface FormMoved {
  readonly formId: string;
  /** Null: colleagues among themselves (spec 6.8). */
  readonly contactId: string | null;
  /** The employee who handed it in, on behalf of the contact or among colleagues; null: the contact did. */
  readonly submittedById: string | null;
  /** Kind of the form. */
  readonly kind: string;
  /** One word a move: an approval as the last is `CONFIRMATION_ASKED` or `COMPLETED`, another one `APPROVED`. */
  readonly move: FormMove;
  /** The employee who acted; null: the contact, or the server by itself. */
  readonly actorId: string | null;
  /** Turns that begin with this move; the actor’s own too, who claimed it or took it over. */
  readonly turns: readonly FormTurn[];
  /** Customer states that the customer was told by this move, in order; none where it tells them nothing. */
  readonly told: readonly string[];
  /** Something was said to the customer, or by them where `actorId` is null: `BusinessForm.comments` has it. */
  readonly saidToCustomer: boolean;
  /** Employees whom the template shows the form from this move on; they have nothing to do. */
  readonly cc: readonly string[];
  /** REMINDED: the turns whose holders were reminded, or the customer. */
  readonly reminded: readonly { readonly taskId: string; readonly employeeId: string | null }[] | 'CUSTOMER';
}

// What happens to forms of all kinds; told in the transaction of the step. Ids are UUIDs.

/** A contact has submitted a form, and its first task is there. `formMoved` with SUBMITTED, which says whose turn it is, comes before it. */
export const formSubmitted = announcement<{ formId: string; contactId: string; kind: string }>('form.submitted');
/**
 * A form has moved: who acted, who has a turn now, and what the customer was told. It comes after the rows of the move are written and before
 * the kind’s `onReopened`, `onCompleted`, `onRejected`, `onEnded`. What people said is not in it: read it from the form, by the reader’s rules.
 */
export const formMoved = announcement<FormMoved>('form.moved');

/** The clock of a turn has come (spec 6.11): it falls due, or is overdue. `isAdminsTurn`: nobody above its holder can help. */
export const formTaskDue = announcement<{
  readonly taskId: string;
  /** Null: it waits for an admin with FORMS to claim it. */
  readonly employeeId: string | null;
  readonly isOverdue: boolean;
  readonly isAdminsTurn: boolean;
}>('form.taskDue');

/** A form as a kind's own mutation hands it in. */
export interface SubmitRequest {
  readonly kind: string;
  /**
   * UUID of the contact for whom an employee hands it in (spec 6.12), as the mutation’s `contactId` was given. Where the use case has entered
   * the window, it is for whom it has entered.
   */
  readonly contactId?: string;
  /** The template; without it the enabled one of the kind, which is the oldest where there are several. */
  readonly templateId?: string;
  /** Values of the template's fields, by their names. */
  readonly values?: readonly GivenValue[];
  /** Puts the kind's own rows beside the form, before anybody is given a task. */
  attach?(form: SubmittedForm): Promise<void>;
}
/** A form among colleagues as a kind's own mutation hands it in: no customer sees it. */
export interface InsideRequest extends Pick<SubmitRequest, 'kind' | 'templateId' | 'values'> {
  /** UUID of the employee who is to decide, where the template picks approvers by hand; never whoever hands it in. */
  readonly approverId?: string;
  /** Puts the kind's own rows beside the form, before anybody is given a task. */
  attach?(form: Pick<SubmittedForm, 'formId' | 'number'>): Promise<void>;
}
/** The organization has lost its certification: contacts see a notice and nothing can be submitted (spec 5.2). */
export const windowSuspended = refusalType('WindowSuspended', {
  description: 'The service window is suspended: nothing can be submitted until the organization is certified again.',
  message: { en: 'The service window is suspended for now.', 'zh-CN': '企业服务窗暂停服务。' },
});
/** Refusals of its own that `FormsService.submit` throws: for the result unions of mutations that submit. */
export const submitRefusals = [windowSuspended] as const;

/** One field of a form template. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  /** A kind of field. */
  readonly type: string;
  readonly required: boolean;
  /** Of choices: what can be chosen. */
  readonly choices?: readonly string[];
}
/** A stop on the way of a form: it takes one of those who hold an admin right for the whole organization, but never whoever handed it in. */
export interface TemplateStop {
  /** Stable and unique on the way. */
  readonly id: string;
  readonly name: string;
  /** Word of an admin right. */
  readonly right: string;
  /** Name of a field `YES_NO`: the stop is left out unless it says yes. */
  readonly whenYes?: string;
}
/** The first version of a template. */
export interface TemplateRequest {
  readonly kind: string;
  readonly name: string;
  /** The customer has the last word. */
  readonly withConfirmation: boolean;
  readonly fields: readonly FormField[];
  /** Its forms are among colleagues: no contact is offered it, and whoever hands one in may withdraw it while it runs. */
  readonly isInside?: boolean;
  /** Who approves, in this order; without it the first is the owner, or whoever is picked, and each picks the next. */
  readonly route?: readonly TemplateStop[];
}
/** The form engine, as other modules use it. */
export interface FormsService {
  /**
   * Lets a contact act at the window, whose standing stays as it is until the use case ends; or an employee who may hand forms in for a
   * contact, on its behalf (spec 6.12). Call it before anything else is locked.
   * @param contactId UUID, as an employee's input names it in `contactId`
   * @throws FORBIDDEN unless the seat is a member of the window, or may act for the contact; NotFound; WindowSuspended; ValidationFailed where
   * the contact is no member.
   */
  enterWindow(use: UseCase, contactId?: string): Promise<unknown>;
  /**
   * Lets the use case hand a form in for a contact who is not there: a colleague of the customer’s company decides about it, or somebody without
   * a seat has asked. That this is right, the module has made sure of by its own rule; nothing here asks. Call it before anything else is locked.
   * @param contactId UUID. @param path of the input field that led to the contact
   * @throws WindowSuspended; ValidationFailed where the contact is no member of the window
   */
  enterWindowFor(use: UseCase, contactId: string, path: readonly string[]): Promise<unknown>;
  /**
   * Submits a form for the contact whose seat asks, or for whom an employee does: numbers it, gives the first task to the contact's owner (or
   * to the admins), tells both sides (spec 6.2).
   * @throws WindowSuspended, FORBIDDEN where the seat is no member of an open window, ValidationFailed.
   */
  submit(use: UseCase, request: SubmitRequest): Promise<SubmittedForm>;
  /**
   * Looks whether a form could be handed in with some values, by its template as it is now: for what asks first, and hands in later. Nothing is
   * written.
   * @throws ValidationFailed as `submit` does of the values, such as `REQUIRED` at a field that nobody has filled in
   */
  refuseIncomplete(use: UseCase, request: Pick<SubmitRequest, 'kind' | 'templateId' | 'values'>): Promise<void>;
  /**
   * Locks a form for what a kind's own mutation does to it: forms are locked before what plugins keep, so it comes first in the guard. Whether
   * the seat may do it, the kind's own rules say, for this and the four that follow.
   */
  hold(use: UseCase, formId: string): Promise<void>;
  /**
   * Holds a form for what somebody inside does by a mutation of the kind's own. The first act of anybody inside makes it in progress for the
   * customer, whichever mutation it is (spec 6.3); no later one tells them anything. Of a contact's act, or a clock's, it only holds the form.
   * @returns whether it was the first
   */
  begin(use: UseCase, formId: string): Promise<boolean>;
  /**
   * The inside part has ended well, as the kind knows by itself, such as by work that is done: turns that are left are cancelled, and the
   * customer is asked to confirm. `onApproved` is not called. @returns false, and nothing has happened, unless the form is in review.
   */
  askToConfirm(use: UseCase, formId: string): Promise<boolean>;
  /**
   * The last word of the form's contact, by a mutation of the kind's own; of any other seat, it confirms itself (a clock, somebody for the
   * customer). `onCompleted` follows. @returns false, and nothing has happened, unless the customer is asked to confirm.
   */
  confirm(use: UseCase, formId: string): Promise<boolean>;
  /**
   * The customer does not confirm: whoever decided last has the turn again. @param reason said to those inside
   * @returns false, and nothing has happened, unless the customer is asked to confirm.
   */
  dispute(use: UseCase, formId: string, reason: string): Promise<boolean>;
  /**
   * Ends a form on its way, for a reason that stands in its history.
   * @returns false, and nothing has happened, unless the form is on its way.
   */
  end(use: UseCase, formId: string, reason: string): Promise<boolean>;
  /**
   * Submits a form among colleagues, for the employee who asks. The kind's hooks are not called: listen to `formMoved`.
   * @throws NotFound where the template is for contacts alone, or nobody is called `approverId`; ApproverNotAllowed; ValidationFailed.
   */
  submitInside(use: UseCase, request: InsideRequest): Promise<Pick<SubmittedForm, 'formId' | 'number'>>;
  /**
   * Approves as the last, or rejects, in the turn that the seat has of a form: for mutations of a kind's own beside `approveFormTask` and
   * `rejectFormTask`. @returns false, and nothing has happened, unless the seat has a turn to decide.
   */
  decide(use: UseCase, formId: string, given: { readonly approves: boolean; readonly comment?: string }): Promise<boolean>;
  /** Whoever handed a form in takes it back while it runs. @throws NotFound, FORBIDDEN, InvalidTransition */
  withdrawInside(use: UseCase, formId: string): Promise<void>;
  /** Publishes a template of a kind unless there is one. */
  ensureTemplate(use: UseCase, request: TemplateRequest): Promise<void>;
}
/** `use.service(formsService)`; a module that calls it names `forms` in its `needs`. */
export const formsService = service<FormsService>('forms');
