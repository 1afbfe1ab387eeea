import { defineModule, readMigrations } from '../../sdk/index.ts';
import { conditionInputs } from './condition.input.ts';
import { designedTemplates } from './designed-template.graphql.ts';
import { designerMutations } from './designer.mutations.ts';
import { ALL_WORDS } from './form-designer.words.ts';
import { FormDraft } from './form-draft.entity.ts';

import { templateFiles } from './template-file.mutations.ts';

export const formDesignerModule = defineModule({
  name: 'form-designer',
  version: '0.1.0',
  description: 'Templates of business forms: drafted, tried out, published.',
  needs: ['fields', 'forms', 'contacts', 'directory'],
  entities: [FormDraft],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  types: (builder) => {
    for (const ref of ALL_WORDS) builder.words(ref);
    conditionInputs(builder);
    designedTemplates(builder);
    designerMutations(builder);
    templateFiles(builder);
  },
});
