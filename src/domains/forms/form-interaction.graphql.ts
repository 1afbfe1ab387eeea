import type { GuichetBuilder } from '../../sdk/index.ts';
import { contact } from '../contacts/index.ts';
import { FormInteraction } from '../interactions/index.ts';
import { BusinessForm } from './form.refs.ts';

/** An entry of a form on a timeline leads to the form, by the form's own rules. */
export function formInteraction(builder: GuichetBuilder): void {
  builder.entityFields(FormInteraction, (t) => ({
    form: t.relation(BusinessForm, 'form_id', { description: 'The form; null where you may not see it.', rule: contact.insiders }),
  }));
}
