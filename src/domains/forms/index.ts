export { writtenAt } from './editing.rules.ts';
export type { CustomerState, FormState, Goes, HistoryKind } from './engine/flow.types.ts';
export { asStop, nextSteps, type People, type RouteStop } from './engine/next-steps.ts';
export { whoseTurns } from './engine/stops.ts';
export { whoApproved } from './engine/whose.ts';
export {
  businessForms,
  formComments,
  formHistory,
  formParticipants,
  formTasks,
} from './form.entity.ts';
export { BusinessForm, FormTask, FormTemplate } from './form.refs.ts';
export { refuseOutsideAudience } from './form-audience.service.ts';
export { GENERAL } from './form-step.service.ts';
export { formTemplateContacts, formTemplates, formTemplateTags, formTemplateVersions } from './form-template.entity.ts';
export { formsModule } from './module.ts';
export { form, task } from './permissions.ts';
export { peopleFor } from './route-people.service.ts';
export { bodyOf, EVERY_CONTACT, type KeptVersion } from './template-body.rules.ts';
export type {
  Approver,
  Audience,
  Comparison,
  Condition,
  FieldCondition,
  FieldDefinition,
  FieldOption,
  Flow,
  Step,
  TemplateBody,
  TemplateField,
} from './template-body.ts';
