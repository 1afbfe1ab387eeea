import { entityRef } from '../../sdk/index.ts';
import { interactions } from './interaction.entity.ts';

export const Interaction = entityRef('Interaction', interactions);
export const ShareInteraction = entityRef('ShareInteraction', interactions);
export const OwnerInteraction = entityRef('OwnerInteraction', interactions);
export const TagInteraction = entityRef('TagInteraction', interactions);
export const WindowInteraction = entityRef('WindowInteraction', interactions);
export const FormInteraction = entityRef('FormInteraction', interactions);
export const OtherInteraction = entityRef('OtherInteraction', interactions);
