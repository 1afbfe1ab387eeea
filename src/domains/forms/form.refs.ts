import { entityRef } from '../../sdk/index.ts';
import { businessForms, formComments, formHistory, formTasks } from './form.entity.ts';
import { formDrafts } from './form-draft.entity.ts';
import { formTemplates } from './form-template.entity.ts';

export const FormTemplate = entityRef('FormTemplate', formTemplates);
export const BusinessForm = entityRef('BusinessForm', businessForms);
export const BusinessFormViewerCan = entityRef('BusinessFormViewerCan', businessForms);
export const GeneralForm = entityRef('GeneralForm', businessForms);
export const UnavailableForm = entityRef('UnavailableForm', businessForms);
export const FormTask = entityRef('FormTask', formTasks);
export const FormTaskViewerCan = entityRef('FormTaskViewerCan', formTasks);
export const FormHistoryEntry = entityRef('FormHistoryEntry', formHistory);
export const FormDraft = entityRef('FormDraft', formDrafts);
export const FormComment = entityRef('FormComment', formComments);
