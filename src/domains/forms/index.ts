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
