import type { TestSeat } from '../../src/testing/test-seat.ts';

// The moves of forms as front ends make them, for tests that need forms on their way.

export const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id number customerState customerVersion } } ... on UserError { code path } }
}`;
export const APPROVE = `mutation ($input: ApproveFormTaskInput!) {
  approveFormTask(input: $input) {
    __typename
    ... on ApproveFormTaskSuccess { task { id version state decision comment decidedAt } form { id version state customerState } }
    ... on UserError { code path }
    ... on TaskAlreadyDecided { task { id state decision version } }
    ... on VersionConflict { current { id ... on FormTask { version } } }
    ... on ApproverNotAllowed { reason }
    ... on ValidationFailed { issues { path code } }
  }
}`;
export const REJECT = `mutation ($input: RejectFormTaskInput!) {
  rejectFormTask(input: $input) {
    __typename
    ... on RejectFormTaskSuccess { task { id version state decision } form { id state customerState } }
    ... on UserError { code path }
    ... on TaskAlreadyDecided { task { id state decision } }
  }
}`;
export const CLAIM = `mutation ($input: ClaimFormTaskInput!) {
  claimFormTask(input: $input) {
    __typename
    ... on ClaimFormTaskSuccess { task { id version state assignee { id } } form { id version state customerState } }
    ... on UserError { code path }
    ... on TaskAlreadyClaimed { task { id state assignee { id } } }
  }
}`;
export const CONFIRM = `mutation ($input: ConfirmFormInput!) {
  confirmForm(input: $input) {
    __typename
    ... on ConfirmFormSuccess { form { id customerState customerVersion } }
    ... on UserError { code path }
    ... on FormMoveNotAllowed { customerState }
  }
}`;
const PRODUCTS = '{ products(first: 1) { nodes { id } } }';
const TASKS = '{ myTasks(first: 100) { nodes { id version form { id } } } }';

export interface Task {
  readonly id: string;
  readonly version: number;
  readonly form: { readonly id: string };
}

export async function productId(seat: TestSeat): Promise<string> {
  return (await seat.query(PRODUCTS)).products.nodes[0].id;
}

/** Places an order. @returns its id. */
export async function placeOrder(customer: TestSeat, idempotencyKey?: string): Promise<string> {
  const lines = [{ productId: await productId(customer), quantity: 1 }];
  return (await customer.does(PLACE, { input: { lines, idempotencyKey } })).order.id;
}

/** The open task of a form that is the seat's to act on. */
export async function taskOn(seat: TestSeat, formId: string): Promise<Task> {
  const tasks: Task[] = (await seat.query(TASKS)).myTasks.nodes;
  const found = tasks.find(({ form }) => form.id === formId);
  if (!found) throw new Error(`${seat.name} has no open task on this form.`);
  return found;
}

/** An order and its first task, which the seat holds or may claim. */
export async function orderFor(seat: TestSeat, customer: TestSeat): Promise<{ formId: string; task: Task }> {
  const formId = await placeOrder(customer);
  return { formId, task: await taskOn(seat, formId) };
}

/** Approves the seat's task on a form; without a next approver as the last. */
export async function approve(seat: TestSeat, formId: string, next?: TestSeat): Promise<void> {
  const { id, version } = await taskOn(seat, formId);
  await seat.does(APPROVE, { input: { taskId: id, expectedVersion: version, nextApproverId: next?.id } });
}
