import { AdminRightName, encodeGlobalId, type GuichetBuilder } from '../../sdk/index.ts';
import type { Approver, Audience, Flow, Step, TemplateBody } from '../forms/index.ts';
import { form } from '../forms/index.ts';
import { conditionType } from './condition.graphql.ts';
import { FormApproverKind, FormAudienceContacts, FormCcTime, FormStepMode, FormWithdrawal } from './form-designer.words.ts';

const rule = form.designed;

/** How forms of a version flow, and who submits them: for those inside (spec 6.1). */
export function flowTypes(builder: GuichetBuilder) {
  const step = stepType(builder);
  const cc = builder.objectRef<Flow['cc'][number]>('FormCc').implement({
    description: 'Somebody who is shown a form without having to act.',
    fields: (t) => ({
      employeeId: t.id({ description: 'The employee.', rule, resolve: (one) => encodeGlobalId('Employee', one.employeeId) }),
      at: t.field({ type: FormCcTime, description: 'When.', rule, resolve: (one) => one.at }),
    }),
  });
  const flow = builder.objectRef<TemplateBody>('FormFlow').implement({
    description: 'How forms of a template flow.',
    fields: (t) => ({
      withConfirmation: t.boolean({
        description: 'Whether the customer has the last word.',
        rule,
        resolve: (body) => body.flow.withConfirmation,
      }),
      steps: t.field({
        type: [step],
        nullable: true,
        description: 'The fixed route; null: each holder picks the next by hand.',
        rule,
        resolve: (body) => (body.flow.route === 'BY_HAND' ? null : body.flow.route.map((one) => ({ ...one, fields: body.fields }))),
      }),
      cc: t.field({ type: [cc], description: 'Who is shown them.', rule, resolve: (body) => [...body.flow.cc] }),
      withdrawal: t.field({
        type: FormWithdrawal,
        description: 'Until when the submitter may take one back.',
        rule,
        resolve: (body) => body.flow.withdrawal,
      }),
      confirmsItselfAfterDays: t.int({
        nullable: true,
        description: 'Days after which a confirmation that the customer leaves open confirms itself.',
        rule,
        resolve: (body) => body.flow.confirmsItselfAfterDays ?? null,
      }),
    }),
  });
  return { flow, step, audience: audienceType(builder) };
}

function stepType(builder: GuichetBuilder) {
  const approver = builder.objectRef<Approver>('FormApprover').implement({
    description: 'An approver of a fixed route, by how they are found.',
    fields: (t) => ({
      by: t.field({ type: FormApproverKind, description: 'In which way.', rule, resolve: (one) => one.by }),
      employeeId: t.id({
        nullable: true,
        description: 'The employee.',
        rule,
        resolve: (one) => (one.by === 'EMPLOYEE' ? encodeGlobalId('Employee', one.employeeId) : null),
      }),
      right: t.field({
        type: AdminRightName,
        nullable: true,
        description: 'The admin right.',
        rule,
        resolve: (one) => (one.by === 'RIGHT' ? one.right : null),
      }),
      departmentId: t.id({
        nullable: true,
        description: 'The department whose supervisors approve.',
        rule,
        resolve: (one) => (one.by === 'DEPARTMENT_SUPERVISORS' ? encodeGlobalId('Department', one.departmentId) : null),
      }),
    }),
  });
  const condition = conditionType(builder);
  return builder.objectRef<Step & Pick<TemplateBody, 'fields'>>('FormStep').implement({
    description: 'One step of a fixed route.',
    fields: (t) => ({
      id: t.string({ description: 'Its id in the template.', rule, resolve: (one) => one.id }),
      name: t.string({ description: 'What it is called.', rule, resolve: (one) => one.name }),
      approvers: t.field({ type: [approver], description: 'Who approves.', rule, resolve: (one) => [...one.approvers] }),
      mode: t.field({ type: FormStepMode, description: 'Who of them must.', rule, resolve: (one) => one.mode }),
      when: t.field({
        type: condition,
        nullable: true,
        description: 'It is taken only where this holds.',
        rule,
        resolve: ({ when, fields }) => (when ? { condition: when, fields } : null),
      }),
      dueHours: t.int({ nullable: true, description: 'Working hours until it is due.', rule, resolve: (one) => one.dueHours ?? null }),
    }),
  });
}

const audienceType = (builder: GuichetBuilder) =>
  builder.objectRef<Audience>('FormAudience').implement({
    description: 'Who sees and submits a form.',
    fields: (t) => ({
      contacts: t.field({
        type: FormAudienceContacts,
        description: 'Which contacts.',
        rule,
        resolve: ({ contacts }) => (typeof contacts === 'string' ? contacts : 'SOME'),
      }),
      tagIds: t.idList({
        description: 'Contacts with one of these tags.',
        rule,
        resolve: ({ contacts }) => (typeof contacts === 'string' ? [] : contacts.tagIds.map((id) => encodeGlobalId('Tag', id))),
      }),
      contactIds: t.idList({
        description: 'These contacts.',
        rule,
        resolve: ({ contacts }) => (typeof contacts === 'string' ? [] : contacts.contactIds.map((id) => encodeGlobalId('Contact', id))),
      }),
      employees: t.boolean({ description: 'Whether employees submit it among themselves.', rule, resolve: ({ employees }) => employees }),
    }),
  });
