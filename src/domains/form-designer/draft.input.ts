import { builtInKinds } from '../../sdk/core.ts';
import { AdminRightName, type GuichetBuilder, type InputMaker, type WordOf } from '../../sdk/index.ts';
import { Contact, Tag } from '../contacts/index.ts';
import { Department, Employee } from '../directory/index.ts';
import type { GivenOption } from '../fields/index.ts';
import { conditionInput, type GivenCondition } from './condition.input.ts';
import { FormAudienceContacts, FormCcTime, FormFieldReaders, FormStepMode, FormWithdrawal } from './form-designer.words.ts';

/** Most fields of a template; of one list of an input 250 are taken, so that more stand in sections. */
export const MOST_FIELDS = 500;
const MOST_IN_A_LIST = 250;
const MOST_SECTIONS = 50;
const MOST_OPTIONS = 250;
const MOST_COLUMNS = 30;
const MOST_STEPS = 30;
const MOST_APPROVERS = 30;
const MOST_CC = 50;
const MOST_AUDIENCE = 250;

export interface GivenDefinition {
  readonly id?: string;
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly required?: boolean;
  readonly options?: readonly GivenOption[];
  readonly min?: string;
  readonly max?: string;
  readonly maxLength?: number;
  readonly decimals?: number;
  readonly currency?: string;
  readonly most?: number;
}
export interface GivenColumn extends GivenDefinition {
  readonly product?: readonly string[];
  readonly summed?: boolean;
}
export interface GivenField extends GivenDefinition {
  readonly columns?: readonly GivenColumn[];
  readonly section?: string;
  readonly hint?: string;
  readonly readBy?: WordOf<typeof FormFieldReaders>;
  readonly writtenBySteps?: readonly string[];
  readonly showWhen?: GivenCondition;
  readonly requireWhen?: GivenCondition;
}
export interface GivenSection {
  readonly title: string;
  readonly fields: readonly GivenField[];
}
export interface GivenApprover {
  readonly employeeId?: string;
  readonly owner?: boolean;
  readonly ownersSupervisor?: boolean;
  readonly right?: string;
  readonly supervisorsOfDepartmentId?: string;
}
export interface GivenStep {
  readonly id?: string;
  readonly name: string;
  readonly approvers: readonly GivenApprover[];
  readonly mode?: WordOf<typeof FormStepMode>;
  readonly when?: GivenCondition;
  readonly dueHours?: number;
}
export interface GivenFlow {
  readonly withConfirmation?: boolean;
  readonly steps?: readonly GivenStep[];
  readonly cc?: readonly { readonly employeeId: string; readonly at?: WordOf<typeof FormCcTime> }[];
  readonly withdrawal?: WordOf<typeof FormWithdrawal>;
  readonly confirmsItselfAfterDays?: number;
}
export interface GivenAudience {
  readonly contacts: WordOf<typeof FormAudienceContacts>;
  readonly tagIds?: readonly string[];
  readonly contactIds?: readonly string[];
  readonly employees?: boolean;
}
/** What is left out of a draft stays as it is. */
export interface GivenDraft {
  readonly name?: string;
  readonly icon?: string;
  readonly category?: string;
  readonly fields?: readonly GivenField[];
  readonly sections?: readonly GivenSection[];
  readonly flow?: GivenFlow;
  readonly audience?: GivenAudience;
  readonly numberPrefix?: string;
}

const KEPT_ID = 'Its id, of something that is there already; made where it is left out, and never used for anything else.';
const some = (t: InputMaker, description: string, max = 100) => t.text({ description, required: false, max });

export const named = (t: InputMaker) => ({
  icon: t.text({ description: 'Word of the icon that stands for it; an empty text takes it away.', required: false, min: 0, max: 50 }),
  category: t.text({ description: 'Heading under which it is offered; an empty text takes it away.', required: false, min: 0, max: 50 }),
});

/** Input types of a draft. @returns the draft's own. */
export function draftInputs(builder: GuichetBuilder) {
  const option = builder.inputType('FormOptionInput', {
    description: 'A choice as it is drafted.',
    fields: (t) => ({
      id: some(t, KEPT_ID, 40),
      label: t.text({ description: 'What it says.', max: 100 }),
      parent: some(t, 'Of a cascade: id of the choice above it, or what that one says.'),
    }),
  });
  const definition = (t: InputMaker) => ({
    id: some(t, KEPT_ID, 40),
    name: t.text({ description: 'What programs call it: a letter, then letters, digits and underscores.', max: 60 }),
    label: t.text({ description: 'What is asked.', max: 100 }),
    kind: t.text({
      description: `Kind of its values: ${builtInKinds.names.map((kind) => `\`${kind}\``).join(', ')}, or one of a plugin.`,
      max: 60,
    }),
    required: t.flag({ description: 'Whether it must be filled in; not by default.', required: false }),
    options: t.listOf(option, { description: 'What can be chosen.', required: false, most: MOST_OPTIONS }),
    min: some(t, 'Least value: a decimal number (of money in whole units, such as yuan) or a day.', 30),
    max: some(t, 'Greatest value.', 30),
    maxLength: t.integer({ description: 'Most characters.', required: false, min: 1 }),
    decimals: t.integer({ description: 'Digits behind the point.', required: false, min: 0, max: 15 }),
    currency: some(t, 'Of money: ISO 4217 code; CNY where it is left out.', 3),
    most: t.integer({ description: 'Most lines, files or choices.', required: false, min: 1 }),
  });
  const column = builder.inputType('FormColumnInput', {
    description: 'A column as it is drafted.',
    fields: (t) => ({
      ...definition(t),
      product: t.stringList({ description: 'Computed: names of the columns before it whose product it is.' }),
      summed: t.flag({ description: 'Whether it is added up.', required: false }),
    }),
  });
  const field = builder.inputType('FormFieldInput', {
    description: 'A field as it is drafted.',
    fields: (t) => ({
      ...definition(t),
      columns: t.listOf(column, { description: 'Of line items: what each line holds.', required: false, most: MOST_COLUMNS }),
      section: some(t, 'Heading under which it stands.'),
      hint: some(t, 'What helps with filling it in.', 500),
      readBy: t.choice(FormFieldReaders, { description: 'Who reads it; everybody by default.', required: false }),
      writtenBySteps: t.stringList({
        description: 'Ids or names of the steps whose approvers fill it in; without any it is the submitter’s.',
      }),
      showWhen: t.parsed(conditionInput('It is shown only where this holds.'), { required: false }),
      requireWhen: t.parsed(conditionInput('It must be filled in where this holds.'), { required: false }),
    }),
  });
  const section = builder.inputType('FormSectionInput', {
    description: 'Fields under one heading.',
    fields: (t) => ({
      title: t.text({ description: 'The heading.', max: 100 }),
      fields: t.listOf(field, { description: 'Its fields, in their order.', most: MOST_IN_A_LIST }),
    }),
  });
  const flow = flowInput(builder);
  const audience = audienceInput(builder);
  return builder.inputType('FormTemplateDraftInput', {
    description: 'An edit of a draft. What is left out stays as it is.',
    fields: (t) => ({
      name: t.name({ description: 'Its name.', required: false }),
      ...named(t),
      fields: t.listOf(field, {
        description: `All its fields, in their order, at most ${MOST_FIELDS} with those of the sections.`,
        required: false,
        most: MOST_IN_A_LIST,
      }),
      sections: t.listOf(section, { description: 'Fields under headings, behind `fields`.', required: false, most: MOST_SECTIONS }),
      flow: t.objectOf(flow, { required: false, description: 'How its forms flow.' }),
      audience: t.objectOf(audience, { required: false, description: 'Who sees and submits it.' }),
      numberPrefix: t.text({
        description: 'What its forms’ numbers begin with: two to six capital letters or digits. An empty text takes it away.',
        required: false,
        min: 0,
        max: 6,
      }),
    }),
  });
}

function flowInput(builder: GuichetBuilder) {
  const approver = builder.inputType('FormApproverInput', {
    description: 'An approver as they are drafted: exactly one of these.',
    fields: (t) => ({
      employeeId: t.globalId(Employee, { description: 'A certain employee.', required: false }),
      owner: t.flag({ description: 'Whoever answers for the contact.', required: false }),
      ownersSupervisor: t.flag({ description: 'The supervisor of whoever answers for the contact.', required: false }),
      right: t.choice(AdminRightName, { description: 'Whoever holds this right for the whole organization.', required: false }),
      supervisorsOfDepartmentId: t.globalId(Department, { description: 'The supervisors of this department.', required: false }),
    }),
  });
  const step = builder.inputType('FormStepInput', {
    description: 'A step as it is drafted.',
    fields: (t) => ({
      id: some(t, KEPT_ID, 40),
      name: t.name({ description: 'What it is called.', max: 60 }),
      approvers: t.listOf(approver, { description: 'Who approves.', least: 1, most: MOST_APPROVERS }),
      mode: t.choice(FormStepMode, { description: 'Who of them must approve; all by default.', required: false }),
      when: t.parsed(conditionInput('The step is taken only where this holds.'), { required: false }),
      dueHours: t.integer({ description: 'Working hours until it is due.', required: false, min: 1, max: 2_000 }),
    }),
  });
  const cc = builder.inputType('FormCcInput', {
    description: 'Somebody in copy, as they are drafted.',
    fields: (t) => ({
      employeeId: t.globalId(Employee, { description: 'The employee.' }),
      at: t.choice(FormCcTime, { description: 'When; at the start by default.', required: false }),
    }),
  });
  return builder.inputType('FormFlowInput', {
    description: 'A flow as it is drafted; the whole of it.',
    fields: (t) => ({
      withConfirmation: t.flag({ description: 'Whether the customer has the last word; not by default.', required: false }),
      steps: t.listOf(step, {
        description: 'A fixed route; left out, each holder picks the next by hand, and the owner is the first.',
        required: false,
        least: 1,
        most: MOST_STEPS,
      }),
      cc: t.listOf(cc, { description: 'Who is shown it.', required: false, most: MOST_CC }),
      withdrawal: t.choice(FormWithdrawal, {
        description: 'Until when the submitter may take it back; by default until the first decision.',
        required: false,
      }),
      confirmsItselfAfterDays: t.integer({
        description: 'Days after which a confirmation that the customer leaves open confirms itself.',
        required: false,
        min: 1,
        max: 365,
      }),
    }),
  });
}

const audienceInput = (builder: GuichetBuilder) =>
  builder.inputType('FormAudienceInput', {
    description: 'An audience as it is drafted; the whole of it.',
    fields: (t) => ({
      contacts: t.choice(FormAudienceContacts, { description: 'Which contacts.' }),
      tagIds: t.globalIds(Tag, { description: 'For some: contacts with one of these tags.', required: false, most: MOST_AUDIENCE }),
      contactIds: t.globalIds(Contact, { description: 'For some: these contacts.', required: false, most: MOST_AUDIENCE }),
      employees: t.flag({ description: 'Whether employees submit it among themselves; not by default.', required: false }),
    }),
  });
