export { interactions } from './interaction.entity.ts';
export { FormInteraction, Interaction } from './interaction.refs.ts';
export { type NewInteraction, noteInteraction, recordInteraction } from './interaction.service.ts';
export { interactionsModule } from './module.ts';
