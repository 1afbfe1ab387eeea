import { defineModule, filePurposes, register } from '../../sdk/index.ts';
import { formExportTypes } from './form-export.graphql.ts';
import { exportedForms, exportForms } from './form-export.job.ts';
import { formExport } from './permissions.ts';

export const formExportModule = defineModule({
  name: 'form-export',
  version: '0.1.0',
  description: 'Forms written into a workbook, as the seat reads them.',
  needs: ['organization', 'files', 'forms', 'form-designer', 'audit', 'jobs'],
  rules: Object.values(formExport),
  types: formExportTypes,
  registrations: [register(filePurposes, exportedForms)],
  jobs: [exportForms],
});
