import type { Declarations } from './declarations.ts';
import type { FieldSpec } from './field-spec.ts';
import { type InputField, optional, text } from './input.ts';
import { told } from './mutation-types.ts';
import { RootFields } from './root-fields.ts';
import type { NamedSubscription } from './subscription.ts';

/** What resolvers of subscriptions call; the app provides it in the request's context. */
export interface SubscriptionContext {
  follow(subscription: NamedSubscription, args: Readonly<Record<string, unknown>>): Promise<AsyncIterable<unknown>>;
}

/** Declares each subscription with its event type. */
export function subscriptionTypes(all: Declarations): void {
  for (const subscription of all.subscriptions) declare(all, subscription);
}

function declare(all: Declarations, subscription: NamedSubscription): void {
  const { name, module, description, rule, event, eventDescription, args = {} } = subscription;
  const root = new RootFields(module, all);
  const fields = {
    cursor: told('Cursor', 'The place of this event in your stream: after a break, subscribe `after` it.'),
    kind: told('String', 'What happened, in capitals. More kinds may come: have a default branch.'),
    at: told('DateTime', 'When it happened.'),
    ...subscription.fields(root),
  };
  if (all.types.get(event)?.module !== module)
    all.type({ name: event, module, isInterface: false, interfaces: [], description: eventDescription }, fields);
  const after: InputField<string | undefined> = {
    ...optional(text('Go on after this event: the cursor of the last one seen, or the `liveCursor` of what was read.', { max: 200 })),
    type: 'Cursor',
  };
  const spec: FieldSpec = {
    type: event,
    nullable: false,
    description,
    rule,
    args: { ...args, after },
    subscribe: (_: unknown, given: Record<string, unknown>, context: SubscriptionContext) => context.follow(subscription, given),
    resolve: (payload: unknown) => payload,
  };
  all.types.get('Subscription')!.fields.set(name, { module, spec });
}
