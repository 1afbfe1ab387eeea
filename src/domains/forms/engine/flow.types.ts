import type { CUSTOMER_STATES, DECISIONS, FORM_EVENTS, FORM_STATES, TASK_KINDS, TASK_STATES } from './flow.words.ts';

// What the engine knows of a form, is asked, and answers. Nothing here knows a database, a clock or GraphQL.

export type FormState = (typeof FORM_STATES)[number];
export type CustomerState = (typeof CUSTOMER_STATES)[number];
export type TaskState = (typeof TASK_STATES)[number];
export type TaskKind = (typeof TASK_KINDS)[number];
export type Decision = (typeof DECISIONS)[number];
/** What stands in a form's history. */
export type HistoryKind = (typeof FORM_EVENTS)[number];

/** What moves a form; an edit moves nothing by itself. */
export type Move = Exclude<HistoryKind, 'VALUES_CHANGED'>;

/** One person's turn. */
export interface Task {
  readonly id: string;
  /** Null: whoever claims it. */
  readonly holder: string | null;
  /** In whose place the holder has it; null: their own. */
  readonly for: string | null;
  /** For whom besides: the one turn counts for all. */
  readonly alsoFor?: readonly string[];
  /** Whose it was before it was handed over or reassigned: the first of them. */
  readonly takenFrom?: string | null;
  readonly kind: TaskKind;
  readonly state: TaskState;
  /** WAITING: the task that comes before it. OPINION: the task for which it was asked. */
  readonly linked: string | null;
  /** Its place at the stop: of the people of one slot one approval is enough, and every slot needs one. Who is added has a slot of their own. */
  readonly slot: number;
  /** Of whoever is added. */
  readonly addedTo?: AddedAt;
  /** Of a fixed route: the stop that it belongs to. */
  readonly stop: string | null;
}
/** A form as it is now. */
export interface FormNow {
  readonly state: FormState;
  readonly customerState: CustomerState;
  /** It rests, because its contact is in the bin: nothing moves it but the contact's restore and its end. */
  readonly isPaused: boolean;
  /** Every task that is open or waits, and the one that the act names. */
  readonly tasks: readonly Task[];
}

/** Who acts: `CUSTOMER` for the submitting side, `ADMIN` with FORMS over the form, `SERVER` for clocks and what follows from other acts. */
export interface Actor {
  readonly id: string;
  readonly is: 'STAFF' | 'ADMIN' | 'CUSTOMER' | 'SERVER';
}
/** Somebody who was picked. */
export interface Person {
  readonly id: string;
  readonly isGone: boolean;
  /** Who stands in for them now. */
  readonly standIn?: string | undefined;
  /** How they had a turn of the stop that was given to them by somebody: they have it again in the same way. */
  readonly given?: Given;
}
/** A turn that somebody gave to somebody, with open eyes. */
export interface Given {
  /** Whom it was for. */
  readonly whose: readonly string[];
  /** It was given back to them, although somebody stood in for them. */
  readonly themself: boolean;
}
/** Who has approved at the stops before one; true where in somebody's place. */
export type Approved = ReadonlyMap<string, boolean>;
/** Where somebody was added: before the turn of a slot, or behind it. */
export interface AddedAt {
  readonly slot: number;
  readonly when: 'BEFORE' | 'AFTER';
}
/** `to`: left out where that is not known. */
export interface AddedSlot<One> {
  readonly people: readonly One[];
  readonly to?: AddedAt | undefined;
}
/** Where a fixed route goes on: everybody's turns at one stop. A slot without people waits for an admin to claim it. */
export interface Stop {
  readonly key: string;
  readonly slots: readonly (readonly Person[])[];
  /** Who was added here when the form stood here before, slot by slot: they are asked again with the others, each where they were added. */
  readonly added?: readonly AddedSlot<Person>[];
  /** Who has approved at the stops before it: true where in somebody's place. A route wants the eyes of each of its stops. */
  readonly approved?: Approved;
  /** It is one of a step IN_ORDER: whoever comes before somebody to whom it is returned has approved. */
  readonly inOrder?: boolean;
}
/** Where somebody had a turn. */
export interface Place {
  readonly stop: string | null;
  readonly slot: number;
  /** Whom it was for; left out: them alone. */
  readonly whose?: readonly string[];
  /** It was given back to them, although somebody stood in for them. */
  readonly themself?: boolean;
}

export type Act =
  | { readonly kind: 'SUBMIT' }
  | { readonly kind: 'APPROVE'; readonly taskId: string; readonly next?: Person }
  | { readonly kind: 'REJECT'; readonly taskId: string }
  | { readonly kind: 'RETURN'; readonly taskId: string; readonly to: 'SUBMITTER' | Person }
  | { readonly kind: 'HAND_OVER'; readonly taskId: string; readonly to: Person }
  | { readonly kind: 'ADD'; readonly taskId: string; readonly who: Person; readonly when: AddedAt['when'] }
  | { readonly kind: 'CONSULT'; readonly taskId: string; readonly who: Person }
  | { readonly kind: 'ANSWER'; readonly taskId: string }
  | { readonly kind: 'CLAIM'; readonly taskId: string }
  | { readonly kind: 'REASSIGN'; readonly taskId: string; readonly to: Person }
  /** It is overdue: the supervisors of its holder have a turn in the same slot, so that one approval is enough. */
  | { readonly kind: 'ESCALATE'; readonly taskId: string; readonly to: readonly Person[] }
  | { readonly kind: 'COMMENT'; readonly toCustomer: boolean }
  | { readonly kind: 'REMIND' }
  /** Somebody inside acts by a mutation of its kind's own. */
  | { readonly kind: 'BEGIN' }
  /** Its kind knows that the inside part has ended well: nobody inside has a turn any more. */
  | { readonly kind: 'CONCLUDE' }
  | { readonly kind: 'CONFIRM' }
  | { readonly kind: 'DISPUTE' }
  | { readonly kind: 'WITHDRAW' }
  | { readonly kind: 'RESUBMIT' }
  /** Without somebody to go to: to the stop that is given as `onward`. */
  | { readonly kind: 'JUMP'; readonly to?: Person }
  | { readonly kind: 'END' }
  | { readonly kind: 'PAUSE' }
  | { readonly kind: 'RESUME' };
export type TaskAct = Extract<Act, { readonly taskId: string }>;

/** What an act hangs on beside the form. What it does not ask may be left out. */
export interface Facts {
  readonly actor: Actor;
  /** APPROVE, CONFIRM: the customer has the last word. */
  readonly withConfirmation?: boolean;
  /**
   * On a fixed route, where it goes on: APPROVE the next stop, null after the last; SUBMIT the first; RESUBMIT the one that returned it; RETURN
   * the one of whom it goes back to; JUMP the one that was named. Undefined: approvers are picked by hand.
   */
  readonly onward?: Stop | null;
  /** WITHDRAW */
  readonly withdrawal?: 'NEVER' | 'UNTIL_FIRST_DECISION' | 'WHILE_RUNNING';
  /** SUBMIT, DISPUTE, RESUBMIT, by hand: whose turn it is again, with their place; null: whoever claims it. `behind`: who waited for them, in order. */
  readonly back?: {
    readonly who: Person | null;
    readonly stop: string | null;
    readonly slot?: number;
    /** Whom it is for, where they had it before or are named by somebody; left out: their own, and they have it by the rule. */
    readonly whose?: readonly string[];
    readonly behind?: readonly { readonly who: Person | null; readonly slot: number; readonly whose?: readonly string[] }[];
  };
  /** RETURN: who had the form before, no further on than it stands now. */
  readonly earlier?: ReadonlyMap<string, Place>;
  /** ADD: how many slots were added at the stop before. */
  readonly added?: number;
  /** On a fixed route, where it stays at a stop or comes back to one: who has approved at the stops before it. */
  readonly approved?: Approved;
  /** The employee who submitted the form, where no contact did. */
  readonly submitter?: string | null;
  /** REMIND of the other side: it was reminded too short a while ago. */
  readonly remindedLately?: boolean;
  /** REMIND among those inside: tasks whose holders were reminded too short a while ago. */
  readonly lately?: ReadonlySet<string>;
}

/** Who has a turn; `for` where somebody stands in for them. */
export interface Goes {
  readonly holder: string | null;
  readonly for: string | null;
  /** For whom besides: nobody has two turns at once. */
  readonly alsoFor?: readonly string[];
}
/** A turn that is opened or given. */
export type Turn = Goes & Pick<Task, 'takenFrom'>;
/** A task of the form, or `+0`, `+1`, … for one that these changes open. */
export type TaskRef = string;
/** What is done to a form, in this order. */
export type Change =
  | { readonly do: 'CLOSE'; readonly task: TaskRef; readonly decision: Decision | 'HANDED_OVER' | 'CANCELLED' }
  | ({ readonly do: 'GIVE'; readonly task: TaskRef } & Goes & Pick<Task, 'kind' | 'state' | 'takenFrom'>)
  /** A turn counts for others as well, whose own have ended. */
  | ({ readonly do: 'STAND'; readonly task: TaskRef } & Omit<Goes, 'holder'>)
  | { readonly do: 'LINK'; readonly task: TaskRef; readonly to: TaskRef }
  | { readonly do: 'WAKE'; readonly task: TaskRef }
  | { readonly do: 'REST'; readonly task: TaskRef; readonly behind: TaskRef }
  | ({ readonly do: 'OPEN'; readonly ref: TaskRef } & Goes & Omit<Task, 'id' | keyof Goes>)
  | { readonly do: 'WRITE'; readonly kind: HistoryKind; readonly next?: string }
  | { readonly do: 'TELL'; readonly state: CustomerState }
  /** The last of all but its hooks. `stop`: where a fixed route stands from now on. */
  | { readonly do: 'MOVE'; readonly state: FormState; readonly move: Move; readonly stop?: string | null }
  | {
      readonly do: 'HOOK';
      readonly hook: 'onApproved' | 'onReopened' | 'onCompleted' | 'onRejected' | 'onEnded';
      readonly wasApproved: boolean;
    }
  /** Tasks whose holders are reminded; none: the customer is. */
  | { readonly do: 'REMIND'; readonly tasks: readonly string[] }
  | { readonly do: 'PAUSE' | 'RESUME' | 'SAY' };

/** `because`: of what, beside the state of the form. An opinion was asked for, or none was; nobody but the actor has a turn. */
export interface NotNow {
  readonly refusal: 'NOT_NOW';
  readonly because?: 'OPINION' | 'NO_OPINION' | 'YOUR_TURN';
}
export type Refused =
  | { readonly refusal: 'FORBIDDEN' | 'ALREADY_DECIDED' | 'ALREADY_CLAIMED' | 'REMINDED_LATELY' }
  | NotNow
  | {
      readonly refusal: 'APPROVER';
      readonly reason: 'SELF' | 'SUBMITTER' | 'GONE' | 'FIXED_ROUTE' | 'NOT_EARLIER' | 'HAS_A_TURN' | 'FOUR_EYES';
    };
export type Verdict = { readonly changes: readonly Change[] } | Refused;
