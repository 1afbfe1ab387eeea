export { nextSteps, type People, type RouteStop } from './engine/next-steps.ts';
export {
  businessForms,
  formComments,
  formHistory,
  formParticipants,
  formTasks,
  formTemplates,
  formTemplateVersions,
} from './form.entity.ts';
export { GENERAL } from './form-step.service.ts';
export { formsModule } from './module.ts';
export { form, task } from './permissions.ts';
export { peopleFor } from './route-people.service.ts';
