import type { DepartmentUse, UseCase } from '../../sdk/index.ts';
import { businessForms } from './form.entity.ts';
import { formTemplates, formTemplateVersions } from './form-template.entity.ts';

/**
 * Templates whose forms ask the supervisors of a department: those that forms are filled in by, also disabled ones, which are enabled without a
 * look at the flow; and others as long as forms are on their way by such a version. One question, so that a form that is just submitted by a
 * version is counted by it or by its template.
 */
async function keeps(use: UseCase, departmentId: string): Promise<DepartmentUse | undefined> {
  const asks = JSON.stringify({ route: [{ approvers: [{ by: 'DEPARTMENT_SUPERVISORS', departmentId }] }] });
  const { found } = await use
    .on(formTemplates, formTemplateVersions, businessForms)
    .selectFrom('form_templates as template')
    .select((of) => of.fn.countAll().as('found'))
    .where((of) =>
      of.exists(
        of
          .selectFrom('form_template_versions as version')
          .select('version.id')
          .whereRef('version.template_id', '=', 'template.id')
          .where('version.flow', '@>', asks as never)
          .where((is) =>
            is.or([
              is.and([is('template.deleted_at', 'is', null), is('version.version', '=', is.ref('template.current_version'))]),
              is.exists(
                is
                  .selectFrom('business_forms as form')
                  .select('form.id')
                  .whereRef('form.template_id', '=', 'version.template_id')
                  .whereRef('form.template_version', '=', 'version.version')
                  .where('form.ended_at', 'is', null),
              ),
            ]),
          ),
      ),
    )
    .executeTakeFirstOrThrow();
  const count = Number(found);
  return count ? { what: 'FORM_TEMPLATES', count, message: told(count) } : undefined;
}
const told = (count: number) => ({
  en: `${count} template${count === 1 ? '' : 's'} whose forms ask its supervisors (\`publishFormTemplate\`, \`deleteFormTemplate\`; forms on their way are waited for)`,
  'zh-CN': `${count} 个表单模板由该部门主管审批（可用 publishFormTemplate 或 deleteFormTemplate 处理，流转中的单据须先办结）`,
});

export const stepsOfDepartments = { keeps };
