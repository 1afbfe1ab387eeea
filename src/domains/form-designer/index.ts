export { draftedBody } from './draft.service.ts';
export { formDesignerModule } from './module.ts';
