import { parse, print } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSeat } from '../../src/testing/test-seat.ts';
import { blocksOf, wordsOf } from '../house/document.blocks.ts';
import { readText } from '../house/repository.files.ts';
import { inSteps } from '../support/in-steps.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// What README.md says of a company that moves in, done as it stands there, by somebody who has tried the demo first (spec 2.1, 10.3).

const TEXT = readText('README.md');
const BLOCKS = blocksOf('README.md', TEXT.slice(TEXT.indexOf('## A company moves in'), TEXT.indexOf('## What is built')));
const SHELL = BLOCKS.find(({ info }) => info === 'sh')!.code;
const OPERATIONS = new Map(
  BLOCKS.filter(({ info }) => info.startsWith('graphql'))
    .flatMap(({ code }) => parse(code).definitions)
    .map((operation) => [operation.kind === 'OperationDefinition' ? operation.name!.value : '', print(operation)]),
);
const PHONES = [...new Set(BLOCKS.flatMap(({ code }) => code.match(/\+861\d{10}/g) ?? []))];
const SIGN_IN = `mutation ($phone: PhoneNumber!, $code: String!) {
  signIn(input: { phone: $phone, code: $code }) { ... on SignInSuccess { token seat { name organization { name } } } }
}`;
const DEMO_PHONE = '+8613800000003';

let folder: Awaited<ReturnType<typeof dataFolder>>;
let program: StartedProgram;
const run = (...args: string[]) => runProgram(args, { DATA_DIR: folder.path });
const seatOf = (token?: string): TestSeat => new TestSeat({ id: '', name: 'somebody', token, url: program.url });

/** Signs in with the code that the server's terminal shows. */
async function signIn(phone: string) {
  await seatOf().ask('mutation ($phone: PhoneNumber!) { requestSignInCode(input: { phone: $phone }) { __typename } }', { phone });
  const printed = new RegExp(`SMS to \\${phone}: (\\d{6})`);
  await expect.poll(program.output).toMatch(printed);
  return (await seatOf().query(SIGN_IN, { phone, code: printed.exec(program.output())![1] })).signIn;
}
const asked = new Set<string>();
const ask = (seat: TestSeat, name: string, variables: Record<string, unknown> = {}) => {
  asked.add(name);
  return seat.query(OPERATIONS.get(name)!, variables);
};

beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(async () => {
  await program?.stop();
  await folder?.remove();
});

inSteps('a company moves in after a demo', () => {
  it('is founded beside it, which the command says, and certified itself', async () => {
    await (await startProgram({ DATA_DIR: folder.path })).stop();
    const founded = await run(...wordsOf(SHELL, 'organization create'));
    expect(founded).toMatchObject({ code: 0, stderr: expect.stringContaining('this database has demo organizations as well') });
    const certified = await run(...wordsOf(SHELL, 'organization certify'));
    expect(certified).toMatchObject({ code: 0, stderr: expect.not.stringContaining('demo'), stdout: expect.stringContaining('ADVANCED') });
  });

  it('is told where a name is the demo’s', async () => {
    const create = wordsOf(SHELL, 'organization create').map((word, i, words) => (words[i - 1] === '--name' ? 'Qinghe Tools' : word));
    expect(await run(...create)).toMatchObject({ code: 1, stderr: expect.stringContaining('of the demo: choose another name') });
    const certify = wordsOf(SHELL, 'organization certify').map((word) => (word === 'Hongda Valves' ? 'Nanshan Foods' : word));
    expect(await run(...certify)).toMatchObject({ code: 0, stderr: expect.stringMatching(/Nanshan Foods \(.*\) is a demo organization/) });
  });

  it('is served as no demo, whose seats are closed', async () => {
    const [, sender] = /SMS_SENDER=(\w+) npm start/.exec(SHELL)!;
    program = await startProgram({ DATA_DIR: folder.path, HOST: '127.0.0.1', SMS_SENDER: sender! });
    expect(program.output()).toContain('DEMO is off, so nobody can sign in to their seats.');
    expect((await signIn(DEMO_PHONE)).seat).toBeNull();
    expect(await run('token', '--phone', DEMO_PHONE)).toMatchObject({ code: 1, stdout: '' });
  });

  it('is moved into by its own people', async () => {
    const [jin, qiu, yao] = PHONES as [string, string, string];
    const admin = await signIn(jin);
    expect(admin.seat).toEqual({ name: 'Jin Mei', organization: { name: 'Hongda Valves' } });
    const levels = (await ask(seatOf(admin.token), 'Levels')).addTagGroup.tagGroup.id;
    const { addEmployee, addTag, addProduct, openServiceWindow } = await ask(seatOf(admin.token), 'MovesIn', { levels });
    expect(openServiceWindow.window.state).toBe('OPEN');
    const salesman = seatOf((await signIn(qiu)).token);
    const { addContact } = await ask(salesman, 'AddsACustomer', { tag: addTag.tag.id });
    const { inviteContacts } = await ask(salesman, 'LetsHerIn', { contact: addContact.contact.id });
    expect(inviteContacts).toEqual({ results: [{ __typename: 'InviteContactsItemSuccess' }] });
    const customer = seatOf((await signIn(yao)).token);
    const { placeOrder } = await ask(customer, 'Orders', { valve: addProduct.product.id });
    expect(placeOrder).toMatchObject({ order: { customerState: 'RECEIVED' } });
    const [task] = (await ask(salesman, 'Waiting')).myTasks.nodes;
    await ask(salesman, 'Approves', { task: task.id, version: task.version });
    const { confirmForm } = await ask(customer, 'Confirms', { order: placeOrder.order.id });
    expect(confirmForm).toEqual({ form: { customerState: 'COMPLETED' } });
    const { viewer } = await seatOf(admin.token).query('{ viewer { id } }');
    const { offboardEmployee } = await ask(seatOf(admin.token), 'LetsHimGo', { leaver: addEmployee.employee.id, next: viewer.id });
    expect(offboardEmployee).toEqual({ report: { contacts: { moved: 1, unowned: 0 } } });
    await expect.poll(async () => (await salesman.ask('{ viewer { id } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect([...OPERATIONS.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
});
