import { describe, expect, it } from 'vitest';

// What the page runs in a browser around GraphiQL: plain modules, loaded here as they are there.

const CLIENT = '../../../src/app/demo/graphiql/client';
const { operationOf, paramsOf } = await import(`${CLIENT}/operations.js`);
const { filled, NothingThere } = await import(`${CLIENT}/fills.js`);
const { liveSubscriptions } = await import(`${CLIENT}/live.js`);

describe('the operation that is run', () => {
  it.each([
    ['{ me }', undefined, 'query'],
    ['subscription T { ticks }', 'T', 'subscription'],
    ['mutation { note }', undefined, 'mutation'],
    ['# subscription\nquery Me($a: X = {b: "}"}) @d { me(x: "{") { y } } fragment F on Q { z }', 'Me', 'query'],
    ['query Me { me } subscription S { t }', 'S', 'subscription'],
    ['fragment F on Q { query } subscription { ...F }', undefined, 'subscription'],
  ])('is seen in the text: %s', (query, operationName, kind) => {
    expect(operationOf({ query, operationName }).kind).toBe(kind);
  });

  it('is sent without a name that the text has not', () => {
    expect(paramsOf({ query: 'query Me { me }', operationName: 'T' }).operationName).toBeUndefined();
    expect(paramsOf({ query: 'query Me { me }', operationName: 'Me' }).operationName).toBe('Me');
  });
  it('is sent with the variables that it names alone', () => {
    const query = 'mutation Ship($order: ID!) { ship(id: $order) } # $line\nmutation Send($line: ID! = "$order") { send(id: $line) }';
    const variables = { order: 'o', line: 'l', other: 'x' };
    expect(paramsOf({ query, variables, operationName: 'Ship' }).variables).toEqual({ order: 'o' });
    expect(paramsOf({ query, variables, operationName: 'Send' }).variables).toEqual({ line: 'l' });
    expect(paramsOf({ query, variables }).variables).toEqual({ order: 'o' });
    expect(paramsOf({ query: '{ me }', variables }).variables).toEqual({});
  });
});

describe('variables that say what is meant', () => {
  const fills = { '<newest>': { query: '{ tasks { id } }', path: ['tasks', 0, 'id'], none: 'No task yet.' } };
  const tasks =
    (...ids: string[]) =>
    async () => ({ tasks: ids.map((id) => ({ id })) });

  it('hold it when the tab is run, wherever it stands', async () => {
    const variables = { input: { taskId: '<newest>', others: ['a', '<newest>'], none: null, amount: 3 } };
    expect(await filled(variables, fills, tasks('t1', 't0'))).toEqual({
      variables: { input: { taskId: 't1', others: ['a', 't1'], none: null, amount: 3 } },
      filledIn: { 'input.taskId': 't1', 'input.others.1': 't1' },
    });
  });

  it('are sent as they are where nothing is meant', async () => {
    const ask = () => expect.fail('Nothing is to be asked.');
    expect(await filled({ id: 'toString', text: '<newest> one' }, fills, ask)).toEqual({
      variables: { id: 'toString', text: '<newest> one' },
      filledIn: {},
    });
    expect(await filled(undefined, fills, ask)).toEqual({ variables: undefined, filledIn: {} });
  });

  it.each([[tasks()], [async () => null]])('are not sent where what is meant is not there', async (ask) => {
    await expect(filled({ id: '<newest>' }, fills, ask)).rejects.toThrow(NothingThere);
    await expect(filled({ id: '<newest>' }, fills, ask)).rejects.toThrow('No task yet.');
  });
});

describe('a subscription in a tab', () => {
  const PARAMS = { query: 'subscription Mine { ticks }', operationName: 'Mine' };
  interface Shown {
    readonly title: string;
    readonly events: number;
    readonly last: unknown;
    stop(): void;
  }
  const page = () => {
    const sockets: { next(answer: unknown): void; end(error?: Error): void; open: boolean }[] = [];
    const state = { clicked: 'nothing', shown: [] as readonly Shown[] };
    const begin = (_params: object, _headers: object, told: { next(answer: unknown): void; end(error?: Error): void }) => {
      const socket = { ...told, open: true };
      sockets.push(socket);
      return () => {
        socket.open = false;
        told.end();
      };
    };
    const live = liveSubscriptions(
      begin,
      () => state.clicked === 'a tab',
      (running: readonly Shown[]) => {
        state.shown = running;
      },
    );
    const run = () => {
      const got: unknown[] = [];
      const observer = {
        next: (answer: unknown) => void got.push(answer),
        complete: () => void got.push('complete'),
        error: ({ message }: Error) => void got.push(message),
      };
      return { got, ...live(PARAMS, {}).subscribe(observer) };
    };
    return { sockets, state, run };
  };

  it('goes on when another tab is opened, is shown below meanwhile, and tells its last event to who comes back', () => {
    const { sockets, state, run } = page();
    const first = run();
    sockets[0]!.next('A');
    state.clicked = 'a tab';
    first.unsubscribe();
    sockets[0]!.next('B');
    expect([first.got, sockets[0]!.open]).toEqual([['A'], true]);
    expect(state.shown).toMatchObject([{ title: 'Mine', events: 2, last: 'B' }]);
    const again = run();
    sockets[0]!.next('C');
    expect([again.got, first.got, sockets.length]).toEqual([['B', 'C'], ['A'], 1]);
  });

  it('ends where it is stopped, in its tab or below', () => {
    const { sockets, state, run } = page();
    run().unsubscribe();
    expect([sockets[0]!.open, state.shown]).toEqual([false, []]);
    const { got } = run();
    state.shown[0]!.stop();
    expect([sockets[1]!.open, state.shown, got]).toEqual([false, [], ['complete']]);
  });

  it('says why the server ended it, and can be begun anew', () => {
    const { sockets, state, run } = page();
    const { got } = run();
    sockets[0]!.end(new Error('The socket was closed: 4403'));
    expect([got, state.shown]).toEqual([['The socket was closed: 4403'], []]);
    run();
    expect(sockets).toHaveLength(2);
  });
});
