import { inOneUseCase } from '../../src/app/founding/furnish-organization.ts';
import { encodeGlobalId, formsService, type TemplateRequest } from '../../src/sdk/index.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import { RawDatabase } from './raw-database.ts';

/** Publishes a template, as no mutation does yet. @returns its global id. */
export async function publish(
  { runtime, databaseUrl }: TestServer,
  { id, admin }: TestOrganization,
  template: TemplateRequest,
): Promise<string> {
  const { seat } = (await runtime.seats.signedIn(admin.token!))!;
  await inOneUseCase(runtime, seat!, (use) => use.service(formsService).ensureTemplate(use, template));
  const database = await RawDatabase.open(databaseUrl);
  const [found] = await database.rows<{ id: string }>('select id from form_templates where organization_id = $1 and kind = $2', [
    id,
    template.kind,
  ]);
  await database.close();
  return encodeGlobalId('FormTemplate', found!.id);
}
