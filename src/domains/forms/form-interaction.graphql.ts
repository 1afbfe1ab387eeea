import type { SchemaDoor } from '../../sdk/index.ts';
import { contact } from '../contacts/index.ts';
import { interactions } from '../interactions/index.ts';

/** An entry of a form on a timeline leads to the form, by the form's own rules. */
export function formInteraction(door: SchemaDoor): void {
  door.extend('FormInteraction', interactions, (t) => ({
    form: t.relation('BusinessForm', 'form_id', { description: 'The form; null where you may not see it.', rule: contact.insiders }),
  }));
}
