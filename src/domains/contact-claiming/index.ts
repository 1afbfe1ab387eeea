export { contactClaimingModule } from './module.ts';
