import { type FieldContext, organizationData } from '../../sdk/index.ts';
import { bodyOf, formTemplateVersions, type TemplateBody } from '../forms/index.ts';

/** Bodies of some versions of a template, in the order that was asked for; undefined where there is none. */
export async function versionBodies(
  { switchboard, seat }: FieldContext,
  templateId: string,
  versions: readonly number[],
): Promise<(TemplateBody | undefined)[]> {
  const found = await switchboard
    .service(organizationData)
    .read(seat.organizationId, ({ on }) =>
      on({ form_template_versions: formTemplateVersions })
        .selectFrom('form_template_versions')
        .select(['version', 'fields', 'with_confirmation', 'flow', 'audience', 'number_prefix'])
        .where('template_id', '=', templateId)
        .where('version', 'in', versions)
        .execute(),
    );
  return versions.map((wanted) => {
    const row = found.find(({ version }) => version === wanted);
    return row && bodyOf(row);
  });
}
