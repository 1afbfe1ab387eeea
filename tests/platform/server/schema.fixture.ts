import { EventEmitter, on, once } from 'node:events';
import { GraphQLError, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';

/** What a test's resolvers share with the test. */
export interface World {
  events: EventEmitter;
  /** Subscriptions that are open, by their source. */
  sources: number;
  caller?: string;
}

export const createWorld = (): World => ({ events: new EventEmitter().setMaxListeners(0), sources: 0 });

type Context = { caller: string; requestId: string };

export function schemaOf(world: World): GraphQLSchema {
  const text = { type: GraphQLString };
  const query = new GraphQLObjectType<unknown, Context>({
    name: 'Query',
    fields: {
      me: { ...text, resolve: (_source, _args, context) => context.caller },
      requestId: { ...text, resolve: (_source, _args, context) => context.requestId },
      double: { type: GraphQLInt, args: { of: { type: new GraphQLNonNull(GraphQLInt) } }, resolve: (_source, { of }) => of * 2 },
      nothing: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      large: { ...text, args: { length: { type: GraphQLInt } }, resolve: (_source, { length }) => 'x'.repeat(length) },
      broken: {
        ...text,
        resolve: () => {
          throw Object.assign(new Error('secret +8613800000003'), { extensions: { code: 'FORBIDDEN' } });
        },
      },
      forbidden: {
        ...text,
        resolve: () => {
          throw new GraphQLError('Not yours.', { extensions: { code: 'FORBIDDEN', right: 'x' } });
        },
      },
      many: {
        type: new GraphQLList(
          new GraphQLObjectType({
            name: 'Item',
            fields: { no: { ...text, resolve: () => Promise.reject(new GraphQLError('No.', { extensions: { code: 'FORBIDDEN' } })) } },
          }),
        ),
        resolve: () => Array(60).fill({}),
      },
      never: {
        ...text,
        resolve: () => {
          world.events.emit('started');
          return new Promise(() => {});
        },
      },
      waits: {
        ...text,
        resolve: async () => {
          const go = once(world.events, 'go');
          world.events.emit('started');
          await go;
          return 'gone';
        },
      },
    },
  });
  const subscription = new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      ticks: { type: GraphQLInt, subscribe: () => source(world), resolve: (tick) => tick as number },
      late: {
        type: GraphQLInt,
        subscribe: async () => {
          const go = once(world.events, 'go');
          world.events.emit('started');
          await go;
          return source(world);
        },
        resolve: (tick) => tick as number,
      },
      refused: {
        type: GraphQLInt,
        subscribe: () => {
          throw new GraphQLError('Not yours.', { extensions: { code: 'FORBIDDEN' } });
        },
      },
    },
  });
  const mutation = new GraphQLObjectType({
    name: 'Mutation',
    fields: { note: { ...text, args: { text }, resolve: (_source, { text: given }) => given } },
  });
  return new GraphQLSchema({ query, mutation, subscription });
}

function source(world: World): AsyncIterableIterator<number> {
  const stop = new AbortController();
  const ticks = on(world.events, 'tick', { signal: stop.signal });
  world.sources += 1;
  world.events.emit('followed', world.sources);
  let open = true;
  return {
    async next() {
      const { value, done } = await ticks.next();
      return done ? { done: true, value: undefined } : { done: false, value: value[0] as number };
    },
    async return() {
      if (open) {
        open = false;
        world.sources -= 1;
        world.events.emit('left', world.sources);
      }
      await ticks.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
