import { entityRef } from '../../sdk/index.ts';
import { businessForms } from '../forms/index.ts';

export const WorkInteraction = entityRef('WorkInteraction', businessForms);
