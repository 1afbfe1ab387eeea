import { entityRef } from '../../sdk/index.ts';
import { files } from './file.entity.ts';

export const File = entityRef('File', files);
