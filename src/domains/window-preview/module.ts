import { defineModule } from '../../sdk/index.ts';
import { windowPreview } from './permissions.ts';
import { windowPreviewTypes } from './window-preview.graphql.ts';

export const windowPreviewModule = defineModule({
  name: 'window-preview',
  version: '0.1.0',
  description: 'The service window as one contact sees it, for admins.',
  needs: ['contacts', 'service-window', 'window-apps', 'articles'],
  rules: Object.values(windowPreview),
  types: windowPreviewTypes,
});
