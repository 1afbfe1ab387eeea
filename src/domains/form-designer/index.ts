export { formDesignerModule } from './module.ts';
