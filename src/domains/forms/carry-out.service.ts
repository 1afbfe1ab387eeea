import { type Changes, type FormMoved, type FormTurn, formMoved, RAISED, type UseCase } from '../../sdk/index.ts';
import { branches, columnsOfAdded, hasGoneOn, type Words } from './carry-out.types.ts';
import { type Due, dueFrom, NEVER_DUE } from './due-time.service.ts';
import { showHeldBack } from './editing.service.ts';
import type { Change, CustomerState, FormState, TaskRef } from './engine/flow.types.ts';
import { isOnItsWay } from './engine/may-act.ts';
import { BusinessForm, FormComment, FormTask, type formTasks } from './form.entity.ts';
import { flowOf, showTo } from './form-flow.service.ts';
import {
  actorOf,
  addParticipant,
  columnsOf,
  ENDS,
  type FormRow,
  isSubmittingSide,
  runHook,
  tellCustomer,
  tellInside,
  tellTask,
  writeHistory,
} from './form-step.service.ts';
import type { Flow } from './template-body.ts';

export type { Words } from './carry-out.types.ts';

/** Writes what the engine decided, in its order, tells both sides and announces the move. @returns UUIDs of the tasks that were opened, by `+0`, … */
export async function carryOut(
  use: UseCase,
  form: FormRow,
  changes: readonly Change[],
  words: Words = {},
): Promise<ReadonlyMap<TaskRef, string>> {
  const work = new CarryingOut(use, form, words, changes.some(branches));
  for (const change of changes) await work.do(change);
  return work.ids;
}

class CarryingOut {
  readonly ids = new Map<TaskRef, string>();
  readonly #use: UseCase;
  readonly #words: Words;
  readonly #branches: boolean;
  #flow: Flow | undefined;
  readonly #dues = new Map<string, Due>();
  #form: FormRow;
  #comment: { comment?: string; task?: string; forIds?: readonly string[] };
  readonly #turns: FormTurn[] = [];
  readonly #told: CustomerState[] = [];
  #saidToCustomer = false;
  #reminded: FormMoved['reminded'] = [];

  constructor(use: UseCase, form: FormRow, words: Words, doesBranch: boolean) {
    this.#use = use;
    this.#form = form;
    this.#words = words;
    this.#flow = words.flow;
    this.#comment = { comment: words.comment, task: words.comment, forIds: words.forIds };
    this.#branches = doesBranch && !form.branched;
  }

  async do(change: Change): Promise<void> {
    switch (change.do) {
      case 'CLOSE':
        return this.#close(change);
      case 'GIVE':
        return this.#give(change);
      case 'STAND':
        return this.#changeTask(change.task, { for_id: change.for, also_for_ids: change.alsoFor ?? null, version: RAISED });
      case 'LINK':
        return this.#changeTask(change.task, { linked_id: this.#idOf(change.to) });
      case 'REST':
        return this.#changeTask(change.task, { state: 'WAITING', linked_id: this.#idOf(change.behind), version: RAISED });
      case 'WAKE':
        return this.#wake(change.task);
      case 'OPEN':
        return this.#open(change);
      case 'WRITE':
        writeHistory(this.#use, this.#form.id, change.kind, { ...this.#comment, nextId: change.next });
        this.#comment = { ...this.#comment, comment: undefined, forIds: undefined };
        return;
      case 'TELL':
        return this.#tell(change.state);
      case 'MOVE':
        return this.#move(change);
      case 'HOOK':
        return runHook(this.#use, this.#form, change);
      case 'PAUSE':
        return this.#changeForm({ paused_reason: this.#words.pausedReason ?? null });
      case 'RESUME':
        return this.#changeForm({ paused_reason: null });
      case 'REMIND':
        return this.#remind(change.tasks);
      case 'SAY':
        return this.#say();
    }
  }

  #idOf(ref: TaskRef): string {
    return this.ids.get(ref) ?? ref;
  }
  #changeTask(task: TaskRef, changes: Changes<typeof formTasks>): void {
    this.#use.on(FormTask).change({ id: this.#idOf(task) }, changes);
  }
  #changeForm(changes: Changes<(typeof BusinessForm)['table']>): void {
    if (!this.#words.isNew) this.#use.on(BusinessForm).change({ id: this.#form.id }, changes);
  }

  #close({ task, decision }: Extract<Change, { do: 'CLOSE' }>): void {
    const holder = this.#words.holders?.get(task) ?? null;
    if (decision === 'CANCELLED') {
      this.#changeTask(task, { state: 'CANCELLED', version: RAISED });
      tellTask(this.#use, task, 'CANCELLED', holder);
      return;
    }
    const state = decision === 'HANDED_OVER' ? 'HANDED_OVER' : 'DECIDED';
    const made = decision === 'HANDED_OVER' ? null : decision;
    const comment = this.#comment.task ?? null;
    this.#comment = { ...this.#comment, task: undefined };
    this.#changeTask(task, { state, decision: made, comment, decided_at: this.#use.now, version: RAISED });
    tellTask(this.#use, task, state, holder);
  }

  #give({ task, holder, for: forId, alsoFor, kind, state, takenFrom }: Extract<Change, { do: 'GIVE' }>): void {
    const before = this.#words.holders?.get(task) ?? null;
    const turn = columnsOf({ holder, for: forId, alsoFor });
    this.#changeTask(task, { ...turn, ...(takenFrom && { taken_from_id: takenFrom }), version: RAISED });
    if (holder) addParticipant(this.#use, this.#form.id, holder);
    tellTask(this.#use, task, before === null ? 'CLAIMED' : 'LEFT', before);
    if (state !== 'OPEN') return; // it is told when it comes
    if (holder !== actorOf(this.#use)) tellTask(this.#use, task, 'OPENED', holder);
    this.#turns.push({ taskId: task, employeeId: holder, forId, kind });
  }

  async #wake(task: TaskRef): Promise<void> {
    const holder = this.#words.holders?.get(task) ?? null;
    this.#changeTask(task, { state: 'OPEN', linked_id: null, ...(await this.#due(this.#form.stop)), version: RAISED });
    tellTask(this.#use, task, 'OPENED', holder);
    this.#turns.push({ taskId: task, employeeId: holder, forId: null, kind: 'APPROVAL' });
  }

  async #open({ ref, holder, for: forId, alsoFor = [], kind, state, linked, ...place }: Extract<Change, { do: 'OPEN' }>): Promise<void> {
    const id = this.#use.newId();
    this.ids.set(ref, id);
    this.#use.on(FormTask).add({
      id,
      form_id: this.#form.id,
      ...columnsOf({ holder, for: forId, alsoFor }),
      taken_from_id: place.takenFrom ?? null,
      state,
      kind,
      linked_id: linked && this.#idOf(linked),
      slot: place.slot,
      stop: place.stop,
      ...columnsOfAdded(place.addedTo),
      question: kind === 'OPINION' ? (this.#words.question ?? null) : null,
      ...(kind === 'OPINION' ? NEVER_DUE : await this.#due(place.stop)),
      created_at: this.#use.now,
    });
    for (const one of [holder, forId, ...alsoFor]) if (one) addParticipant(this.#use, this.#form.id, one);
    if (state !== 'OPEN') return;
    tellTask(this.#use, id, 'OPENED', holder);
    this.#turns.push({ taskId: id, employeeId: holder, forId, kind });
  }

  /** What the customer is told, and when: never who or how many acted (spec 6.3). */
  #tell(customerState: CustomerState): void {
    if (this.#form.customer_state === customerState && !this.#words.isNew) return;
    const raised = this.#words.isNew ? this.#form.customer_version : this.#form.customer_version + 1;
    this.#form = { ...this.#form, customer_state: customerState, customer_state_since: this.#use.now, customer_version: raised };
    const { correction, rejection } = this.#words;
    const asked = customerState === 'NEEDS_YOUR_CORRECTION' ? correction : undefined;
    this.#changeForm({
      customer_state: customerState,
      customer_state_since: this.#use.now,
      customer_version: raised,
      ...(asked && { correction_reason: asked.reason, correction_fields: asked.fields }),
      ...(customerState === 'REJECTED' && rejection && { rejection_reason: rejection }),
    });
    tellCustomer(this.#use, this.#form);
    if (this.#words.isNew) this.#tellInside('SUBMITTED'); // a form is told of before its first task
    this.#told.push(customerState);
  }

  async #move({ state, move, stop }: Extract<Change, { do: 'MOVE' }>): Promise<void> {
    if (this.#form.needs_confirmation && this.#form.state === 'IN_REVIEW' && state !== 'IN_REVIEW')
      await showHeldBack(this.#use, this.#form.id);
    this.#changeForm({
      state,
      ...(this.#form.needs_confirmation && { needs_confirmation: true }),
      version: RAISED,
      updated_at: this.#use.now,
      ...(ENDS.has(state) && { ended_at: this.#use.now }),
      ...(stop !== undefined && stop !== this.#form.stop && { stop }),
      ...(this.#form.again_from !== null && hasGoneOn({ state, move, stop }) && { again_from: null }),
      ...(this.#branches && { branched: true }),
    });
    if (!this.#words.isNew) this.#tellInside(move);
    const { id: formId, contact_id: contactId, submitted_by_id: submittedById, kind } = this.#form;
    const cc = await this.#shown(state);
    const facts = { actorId: actorOf(this.#use), turns: this.#turns, told: this.#told, saidToCustomer: this.#saidToCustomer };
    await this.#use.announce(formMoved({ formId, contactId, submittedById, kind, move, ...facts, reminded: this.#reminded, cc }));
  }

  async #knownFlow(): Promise<Flow> {
    this.#flow ??= await flowOf(this.#use, this.#form);
    return this.#flow;
  }
  async #due(stop: string | null): Promise<Due> {
    if (this.#words.due) return this.#words.due;
    if (stop === null) return NEVER_DUE;
    const due = this.#dues.get(stop) ?? (await dueFrom(this.#use, this.#form, await this.#knownFlow(), stop));
    this.#dues.set(stop, due);
    return due;
  }
  /** Whom the template shows the form at its start, and at its end. */
  async #shown(state: FormState): Promise<string[]> {
    if (this.#words.isNew) return showTo(this.#use, this.#form.id, await this.#knownFlow(), 'START');
    if (isOnItsWay({ state }) || state === this.#form.state) return [];
    return showTo(this.#use, this.#form.id, await this.#knownFlow(), 'END');
  }

  #tellInside(move: string): void {
    tellInside(this.#use, this.#form.id, move, { customerState: this.#form.customer_state });
  }

  #remind(tasks: readonly string[]): void {
    const isByCustomer = isSubmittingSide(this.#use, this.#form);
    if (isByCustomer) this.#changeForm({ customer_reminded_at: this.#use.now });
    if (this.#form.state !== 'IN_REVIEW') {
      this.#changeForm({ reminded_at: this.#use.now });
      tellCustomer(this.#use, this.#form, 'REMINDED');
      this.#reminded = 'CUSTOMER';
      return;
    }
    this.#reminded = tasks.map((taskId) => ({ taskId, employeeId: this.#words.holders?.get(taskId) ?? null }));
    for (const { taskId, employeeId } of this.#reminded) {
      if (!isByCustomer) this.#changeTask(taskId, { reminded_at: this.#use.now });
      tellTask(this.#use, taskId, 'REMINDED', employeeId);
    }
  }

  #say(): void {
    const author_id = actorOf(this.#use);
    const said = { form_id: this.#form.id, author_id, text: this.#words.comment ?? '', at: this.#use.now };
    this.#use.on(FormComment).add({ id: this.#use.newId(), ...said });
    tellCustomer(this.#use, this.#form, 'COMMENTED');
    if (author_id === null) for (const [task, holder] of this.#words.holders ?? []) tellTask(this.#use, task, 'COMMENTED', holder);
    this.#saidToCustomer = true;
  }
}
