import { entityRef } from '../../../sdk/index.ts';
import { formStandIns } from './stand-in.entity.ts';

export const StandIn = entityRef('StandIn', formStandIns);
