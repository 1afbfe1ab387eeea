import { defineModule, readMigrations } from '../../sdk/index.ts';
import { File } from './file.entity.ts';
import { fileTypes } from './file.graphql.ts';
import { file } from './permissions.ts';
import { uploadTypes } from './upload.graphql.ts';

export const filesModule = defineModule({
  name: 'files',
  version: '0.1.0',
  description: 'Files: sending them, hanging them on objects, and reading them there.',
  needs: ['organization', 'accounts'],
  entities: [File],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(file),
  types: (builder) => {
    fileTypes(builder);
    uploadTypes(builder);
  },
});
