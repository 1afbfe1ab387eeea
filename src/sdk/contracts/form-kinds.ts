import { registrationPoint } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** What a kind's own table must hold for a form, beside what the core keeps. */
export interface SubmittedForm {
  readonly formId: string;
  readonly contactId: string;
  readonly number: string;
}
/**
 * A kind of business form. Hooks run in the transaction of the core's step; where one throws, the step has not happened. They run as well
 * while the plugin is switched off, so that its tables stay true.
 */
export interface FormKind {
  /** Word of the kind: in capitals, with the plugin's prefix where it is not the plugin's only kind. */
  readonly kind: string;
  /** GraphQL type that implements BusinessForm. */
  readonly type: string;
  /** Prefix of its numbers, such as `SO`. */
  readonly numberPrefix: string;
  /** The kind has a mutation of its own, so `submitForm` refuses its templates. */
  readonly hasOwnMutation: boolean;
  /** Whatever hands its forms in takes values of its template's fields: an admin may add fields that must be filled in. */
  readonly takesValues?: boolean;
  /** The form is there, and its first task. */
  onSubmitted?(use: UseCase, form: SubmittedForm): Promise<void>;
  /** The inside part has ended well: the contact is asked to confirm, or the form is complete. Again after a dispute, or an admin's jump back. */
  onApproved?(use: UseCase, form: SubmittedForm): Promise<void>;
  /**
   * What was approved is to be decided about once more: its customer disputes it by `disputeForm`, or by the kind's own mutation, or an admin
   * gives somebody the turn. A kind that throws lets it stand as approved.
   */
  onReopened?(use: UseCase, form: SubmittedForm): Promise<void>;
  /** The form is complete: confirmed by the customer, or approved where nobody has to confirm. */
  onCompleted?(use: UseCase, form: SubmittedForm): Promise<void>;
  /** Whether silence confirms the form, where its template lets it; without this, it does. Asked when the days are over, with the form locked. */
  silenceConfirms?(use: UseCase, form: SubmittedForm): Promise<boolean>;
  /** The form was rejected; that is its end. */
  onRejected?(use: UseCase, form: SubmittedForm): Promise<void>;
  /** The form was withdrawn, or ended on its way: by an admin, or because nobody can restore its contact any more. @param wasApproved the customer was asked to confirm */
  onEnded?(use: UseCase, form: SubmittedForm & { readonly wasApproved: boolean }): Promise<void>;
}
/** Kinds of business form: `registrations: [register(formKinds, kind)]`. One module alone can register a kind's word. */
export const formKinds = registrationPoint<FormKind>('forms.kinds');
