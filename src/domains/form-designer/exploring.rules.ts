import {
  type Approver,
  type Condition,
  type FormValues,
  holds,
  type Step,
  shownForm,
  type TemplateBody,
  type TemplateField,
} from '@guichet/forms';
import type { Message } from '../../sdk/index.ts';
import { exampleOf } from './example.rules.ts';
import { axesOf, cases, casesOf } from './explored-values.rules.ts';
import { ALWAYS_HOLDS, NEVER_HOLDS, NO_STEP, REACHES_NOBODY, type TemplateReason, WAITS_FOR_ADMIN } from './template-reason.ts';

/** The organization as it is, as far as a flow hangs on it. */
export interface Reach {
  /** Employees who can act. */
  readonly employed: ReadonlySet<string>;
  /** Rights that somebody holds for the whole organization. */
  readonly heldRights: ReadonlySet<string>;
  /** Departments that somebody supervises. */
  readonly supervised: ReadonlySet<string>;
  /** An admin with FORMS for the whole organization, who takes what nobody holds. */
  readonly hasClaimant: boolean;
  /** The name of a contact that nobody answers for. */
  readonly unowned?: string;
  /** The name of a contact whose owner nobody supervises. */
  readonly unsupervised?: string;
}
export interface Budget {
  readonly most: number;
  isOver(): boolean;
}
export interface Explored {
  readonly reasons: readonly TemplateReason[];
  readonly warnings: readonly TemplateReason[];
  readonly cases: number;
  /** How many there are; more than `cases` where the budget was spent. */
  readonly of: number;
}

interface Watched {
  readonly condition: Condition;
  readonly path: readonly string[];
  /** Seen to hold, and not to. */
  held: boolean;
  failed: boolean;
}

/** Sends forms along the flow, one case after the other: where could one come to a point at which nobody can act? */
export function explore(body: TemplateBody, reach: Reach, budget: Budget): Explored {
  const watched = watchedOf(body);
  const axes = axesOf(
    body.fields,
    watched.map(({ condition }) => condition),
  );
  const reasons = new Map<string, TemplateReason>();
  let count = 0;
  for (const given of cases(axes)) {
    if (count >= budget.most || budget.isOver()) break;
    count++;
    const { values, required } = shownForm(body.fields, given);
    if (
      !isHandedIn(
        body.fields,
        required,
        values,
        axes.map(({ field }) => field.id),
      )
    )
      continue;
    for (const one of watched) {
      if (holds(one.condition, values)) one.held = true;
      else one.failed = true;
    }
    for (const reason of deadEnds(body, values, reach, reasons)) reasons.set(reason.path.join('.'), reason);
  }
  const all = casesOf(axes);
  const found = [...reasons.values()];
  return {
    reasons: found.filter(({ code }) => code !== 'WAITS_FOR_ADMIN'),
    warnings: [...found.filter(({ code }) => code === 'WAITS_FOR_ADMIN'), ...(count < all ? [] : watched.flatMap(oneSided))],
    cases: count,
    of: all,
  };
}

const watchedOf = ({ fields, flow }: TemplateBody): Watched[] => {
  const watch = (condition: Condition | undefined, path: readonly string[]): Watched[] =>
    condition ? [{ condition, path, held: false, failed: false }] : [];
  return [
    ...fields.flatMap(({ showWhen, requireWhen }, i) => [
      ...watch(showWhen, ['fields', String(i), 'showWhen']),
      ...watch(requireWhen, ['fields', String(i), 'requireWhen']),
    ]),
    ...(flow.route === 'BY_HAND' ? [] : flow.route.flatMap(({ when }, i) => watch(when, ['flow', 'steps', String(i), 'when']))),
  ];
};
const oneSided = ({ held, failed, path }: Watched): TemplateReason[] => {
  if (held === failed) return [];
  return [held ? ALWAYS_HOLDS(path) : NEVER_HOLDS(path)];
};

/** Without what it must say of the fields that are looked at, no form comes to be. */
const isHandedIn = (
  fields: readonly TemplateField[],
  required: ReadonlySet<string>,
  values: FormValues,
  looked: readonly string[],
): boolean =>
  fields.every(({ id, writtenBy }) => !looked.includes(id) || !required.has(id) || writtenBy !== 'SUBMITTER' || values[id] !== undefined);

function deadEnds(
  { fields, flow }: TemplateBody,
  values: FormValues,
  reach: Reach,
  known: ReadonlyMap<string, TemplateReason>,
): TemplateReason[] {
  if (flow.route === 'BY_HAND') {
    if (known.has('flow') || reach.unowned === undefined || reach.hasClaimant) return [];
    return [REACHES_NOBODY(['flow'], ofContact(reach.unowned))];
  }
  const taken = flow.route.filter(({ when }) => !when || holds(when, values));
  if (taken.length === 0) return known.has('flow.steps') ? [] : [NO_STEP(['flow', 'steps'], exampleOf(fields, values))];
  return taken.flatMap((step) => {
    const path = ['flow', 'steps', String(flow.route.indexOf(step as never))];
    return known.has(path.join('.')) ? [] : stepEnds(step, path, fields, values, reach);
  });
}

function stepEnds(
  step: Step,
  path: readonly string[],
  fields: readonly TemplateField[],
  values: FormValues,
  reach: Reach,
): TemplateReason[] {
  const ways = step.approvers.map((approver) => wayTo(approver, reach));
  const isReached = step.mode === 'ANY' ? ways.some(({ isThere }) => isThere) : ways.every(({ isThere }) => isThere);
  if (!isReached) return [REACHES_NOBODY(path, ways.find(({ isThere }) => !isThere)?.example ?? exampleOf(fields, values))];
  const waiting = ways.find(({ example }) => example !== undefined);
  return waiting && step.mode !== 'ANY' ? [WAITS_FOR_ADMIN(path, waiting.example)] : [];
}

interface Way {
  readonly isThere: boolean;
  readonly example?: Message;
}
const THERE: Way = { isThere: true };
/** Of a contact without an owner, or whose owner nobody supervises, the task waits for an admin with FORMS. */
function wayTo(approver: Approver, { employed, heldRights, supervised, hasClaimant, unowned, unsupervised }: Reach): Way {
  if (approver.by === 'EMPLOYEE') return { isThere: employed.has(approver.employeeId) };
  if (approver.by === 'RIGHT') return { isThere: heldRights.has(approver.right) };
  if (approver.by === 'DEPARTMENT_SUPERVISORS') return { isThere: supervised.has(approver.departmentId) };
  const without = approver.by === 'OWNER' ? unowned : (unsupervised ?? unowned);
  return without === undefined ? THERE : { isThere: hasClaimant, example: ofContact(without) };
}
const ofContact = (name: string): Message => ({ en: `A form of the contact ${name}`, 'zh-CN': `联系人“${name}”的表单` });
