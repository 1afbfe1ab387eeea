export { windowPreviewModule } from './module.ts';
