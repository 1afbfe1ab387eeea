import type { InputFieldMap, SchemaTypes } from '@pothos/core';
import type { GuichetInputs } from '../input/input-fields.ts';
import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import { partsOfPlugin } from '../plugin-call/plugin-call.ts';
import { type Loose, own, type Values } from './declaring.ts';
import type { EntityRef } from './entity-ref.ts';
import { PayloadFieldBuilder, type PayloadFields } from './payload-field-builder.ts';
import { placeOf } from './place.ts';
import type { LiveEvent, StreamRequest, SubscriptionContext, SubscriptionDefinition, Topic } from './subscription.ts';
import { told } from './told-field.ts';

export interface LiveOptions<Types extends SchemaTypes, Args extends InputFieldMap, Payload> {
  readonly description: string;
  readonly rule: Rule;
  /** What its events are about. */
  readonly topic: Topic;
  readonly event: string;
  readonly eventDescription: string;
  args?(t: PothosSchemaTypes.InputFieldBuilder<Types, 'Arg'> & GuichetInputs<Types, 'Arg'>): Args;
  readonly about?: { readonly type: EntityRef; readonly arg: keyof Args & string };
  /** As `SubscriptionDefinition` has it: without it contacts follow at the window alone. */
  allows?(seat: Seat): boolean;
  stream(
    seat: Seat,
    args: Values<Args>,
  ): {
    readonly stream: string;
    readonly subject?: string;
    /** Of the events that the seat may be told, those that it wants; all by default. */
    wants?(event: LiveEvent, seat: Seat): boolean;
    payload(event: LiveEvent): Payload;
  };
  fields: PayloadFields<Types, Payload>;
}

const AFTER = 'Go on after this event: the cursor of the last one seen, or the `liveCursor` of what was read.';
const COMMON = {
  cursor: told('EventCursor', 'The place of this event in your stream: after a break, subscribe `after` it.'),
  kind: told('String', 'What happened, in capitals. More kinds may come: have a default branch.'),
  at: told('DateTime', 'When it happened.'),
};
type ArgMaker = { field(options: object): object; arg(options: object): object };

/** A subscription whose events are numbered, so that it can be resumed. */
export function live(this: Loose, name: string, options: LiveOptions<SchemaTypes, InputFieldMap, Record<string, unknown>>): void {
  const place = placeOf(this);
  const { module, isPlugin, all } = place;
  const { description, rule, event, eventDescription, about, stream, allows } = options;
  all.claim(`the subscription ${name}`, module);
  all.cite(`the subscription ${name}`, rule, module);
  all.topic(options.topic, `the subscription ${name}`, module);
  const request = (seat: Seat, args: object): StreamRequest => {
    const found = own(place, stream)(seat, args as never);
    return isPlugin ? partsOfPlugin(module, found) : found;
  };
  const subscription = {
    ...(options as unknown as SubscriptionDefinition),
    about: about && { type: about.type.name, arg: about.arg },
    allows: allows && own(place, allows),
    stream: request,
    name,
    module,
  };
  this.objectType!(event, {
    description: eventDescription,
    extensions: { guichet: { module } },
    fields: () => {
      const t = new PayloadFieldBuilder<SchemaTypes, never>(this as never);
      const common = Object.entries(COMMON).map(([field, of]) => [field, t.field(of as never)]);
      return { ...Object.fromEntries(common), ...options.fields(t as never) };
    },
  });
  this.subscriptionField!(name, (t: ArgMaker) =>
    t.field({
      type: event,
      nullable: false,
      description,
      rule,
      args: { ...options.args?.(t.arg as never), after: t.arg({ type: 'EventCursor', required: false, description: AFTER }) },
      subscribe: (_: unknown, given: Record<string, unknown>, context: SubscriptionContext) => context.follow(subscription, given),
      resolve: (payload: unknown) => payload,
    } as never),
  );
}
